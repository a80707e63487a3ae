// Staff office: carries out what staff order on the screen, and brings the news.
//
// What is quick is done at once; what may take longer (hashing a PIN, a stick, a server, a tone)
// on a thread of its own, one order after the other, while the screen goes on.  Logs what
// was done, never a PIN.  All but that one thread belongs to the thread of the stage.
#pragma once

#include <atomic>
#include <filesystem>
#include <future>
#include <memory>
#include <optional>
#include <vector>

#include "app/base/clock.h"
#include "app/staff_files.h"
#include "app/ui/staff_desk.h"
#include "sync/client/client.h"
#include "sync/outbox/outbox.h"

namespace machikoe {

struct StaffOfficeOptions {
    std::filesystem::path data;
    std::filesystem::path usb_folder;  // besides what is mounted; may be empty
    std::filesystem::path events;      // prepared events; may be missing
    std::filesystem::path pin_file;    // a new PIN for this start; may be empty
    std::string authority;             // of the server, PEM; "": none
    StaffFacts facts;
};

class StaffOffice {
  public:
    /// Reads what is kept and tells the desk.  Invalid: the PIN file holds no PIN.
    /// REQUIRES: everything given outlives the office.
    static Result<std::unique_ptr<StaffOffice>> open(StaffOfficeOptions options, const Clock& clock,
                                                     Outbox& outbox, SyncThread& sync,
                                                     StaffDesk& desk);
    ~StaffOffice();

    /// Takes orders and brings news; between two frames.
    void work(Now now);
    /// When work() is due by itself.
    std::optional<Milliseconds> next_due(Now now) const;
    bool is_leaving() const { return is_leaving_; }

  private:
    using News = std::vector<StaffEvent>;
    StaffOffice(StaffOfficeOptions options, const Clock& clock, Outbox& outbox, SyncThread& sync,
                StaffDesk& desk);
    Status set_pin_from_file();
    void carry_out(const StaffOrder& order, Now now);
    void look_for_events(Now now);
    QueueNews queue_news() const;
    News run(SelfTest test, int volume_percent);
    ExportNews export_to(const std::string& folder) const;

    StaffOfficeOptions options_;
    const Clock& clock_;
    Outbox& outbox_;
    SyncThread& sync_;
    StaffDesk& desk_;
    PinFile pin_;
    std::unique_ptr<Transport> transport_;
    std::future<News> under_way_;
    Milliseconds last_look_{0};  // at the queue
    bool is_leaving_ = false;
};

}  // namespace machikoe
