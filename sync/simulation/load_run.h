// LoadRun: the kiosks of a load, their connections, and the slices that are timed.
//
// A kiosk belongs to one sender, so that its batches go out in order; a sender is one connection
// and, while a slice is prepared or sent, one thread.
#pragma once

#include <atomic>
#include <filesystem>
#include <memory>
#include <mutex>
#include <vector>

#include "app/base/clock.h"
#include "sync/simulation/load.h"
#include "sync/simulation/load_kiosk.h"

namespace machikoe::simulation {

class LoadRun {
  public:
    /// Enrols a kiosk with each code.
    static Result<std::unique_ptr<LoadRun>> begin(const LoadOptions& options, const Pack& pack);
    ~LoadRun();

    Status send_all(LoadReport& report);
    const std::vector<LoadKiosk>& kiosks() const { return kiosks_; }
    /// Of every response that was acknowledged.
    const std::vector<std::uint64_t>& seeds() const { return seeds_; }

  private:
    struct Sender {
        std::unique_ptr<Transport> transport;
        Dice dice;
        std::vector<std::size_t> kiosks;  // places in kiosks_
        std::size_t turn = 0;             // whose batch is the next
        std::vector<std::pair<std::size_t, ReadyBatch>> ready;
        LoadReport own;  // of the slice
        std::vector<std::uint64_t> seeds;
        Status ended;
    };

    LoadRun(const LoadOptions& options, const Pack& pack);
    Status enrol_all();
    void make_senders();
    void on_senders(void (LoadRun::*work)(Sender&));
    Status send_slice(std::int64_t responses, bool with_idle, LoadReport& report);
    void prepare(Sender& sender);
    void send(Sender& sender);
    Status send_batch(Sender& sender, LoadKiosk& kiosk, const ReadyBatch& batch);
    Status open_idle(LoadReport& report);
    bool is_over() const { return clock_.monotonic() > until_; }
    std::string site_of(std::size_t kiosk) const;

    const LoadOptions options_;
    const Pack& pack_;
    const SystemClock clock_;
    Milliseconds until_;
    std::filesystem::path folder_;  // of the keys that every kiosk gets a copy of
    std::optional<SigningKey> signing_key_;
    std::vector<LoadKiosk> kiosks_;
    std::vector<Sender> senders_;
    std::vector<std::unique_ptr<Transport>> idle_;
    std::int64_t slice_left_ = 0;  // responses of the slice, still to be prepared
    std::mutex mutex_;             // over slice_left_
    std::vector<std::uint64_t> seeds_;
};

}  // namespace machikoe::simulation
