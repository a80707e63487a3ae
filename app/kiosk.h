// Kiosk: stage, outbox and sync wired together, without a window.
//
// What a finished visit hands out is encoded, sealed, appended to the outbox, and only then is
// the stage told that it is saved.  Whoever runs a Kiosk gives it the time and decides
// when to draw; the sync thread has its own connections to the same kiosk.db and keys.db.
#pragma once

#include <functional>
#include <memory>
#include <optional>

#include "app/base/clock.h"
#include "app/base/result.h"
#include "app/neighbours.h"
#include "app/options.h"
#include "app/staff_office.h"
#include "app/survey/pack.h"
#include "app/ui/stage.h"
#include "app/ui/strings.h"
#include "app/ui/text.h"
#include "app/visit/marks.h"
#include "sync/client/client.h"
#include "sync/outbox/folder_lock.h"
#include "sync/outbox/outbox.h"
#include "sync/seal/epoch.h"
#include "sync/seal/key_store.h"

namespace machikoe {

class Kiosk {
  public:
    /// Opens everything.  An Error names what is wrong for the operator.  A failure leaves no
    /// more on disk than the folder, its lock file and, if it came that far, kiosk.db and keys.db.
    /// At the first start, without a passphrase of the staff's, the one that was made up is printed
    /// on stderr, once, and kept nowhere.
    static Result<std::unique_ptr<Kiosk>> open(const KioskOptions& options, const Clock& clock,
                                               StageOptions stage);

    /// One frame: input, visit, draw list; saves a finished response on the way.
    void frame();
    /// As Stage::next_frame_due(), and at once while something is to be saved.
    std::optional<Milliseconds> next_frame_due() const;
    Stage& stage() { return *stage_; }
    TextEngine& text() { return *text_; }
    const Pack& pack() const { return pack_; }
    const Strings& strings() const { return strings_; }
    SyncStatus sync_status() const { return sync_->status(); }
    /// True when everything was delivered within `limit`.
    bool drain(Milliseconds limit) { return sync_->drain(limit); }
    std::int64_t saved() const { return saved_; }
    /// Staff have ended the program.
    bool is_leaving() const { return staff_->is_leaving(); }
    Now now() const { return {clock_.monotonic(), clock_.wall()}; }

  private:
    Kiosk(const Clock& clock, FolderLock lock, Pack pack, Strings strings, Outbox outbox,
          KeyStore keys);
    void save(Response response);
    /// Not while they are looked at: what is read must not move.
    void tell_neighbours();
    Status open_staff_office(const KioskOptions& options,
                             const std::optional<Enrolment>& enrolment);
    Result<std::int64_t> keep_sealed(const Response& response);
    /// What staff decided counts from the next visit on, and so does a new day.
    void settle_place();
    void tell_standing(const KioskSettings& settings);
    /// 0.2 s, while nobody is there and a picture is.
    void load_dictionaries();

    const Clock& clock_;
    FolderLock lock_;
    Pack pack_;
    Strings strings_;
    Outbox outbox_;
    KeyStore keys_;
    Sealer sealer_;
    std::string seal_to_;  // a public key, as last read
    Neighbours neighbours_;
    Marks marks_;
    std::unique_ptr<TextEngine> text_;
    std::unique_ptr<Stage> stage_;
    std::unique_ptr<SyncThread> sync_;
    std::unique_ptr<StaffOffice> staff_;
    std::vector<Language> languages_;  // of the pack; pack_ has those that are offered
    Standing standing_;                // as the sync thread was told
    Place otherwise_;                  // by enrolment and command line
    std::int64_t saved_ = 0;
    bool saving_was_drawn_ = false;
    std::function<std::shared_ptr<PinyinEngine>()> dictionaries_;  // still to be loaded
    std::optional<Milliseconds> first_frame_;
};

}  // namespace machikoe
