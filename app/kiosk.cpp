#include "app/kiosk.h"

#include <spdlog/spdlog.h>

namespace machikoe {
namespace {

template <class T>
tl::unexpected<Error> error_of(const T& failed) {
    return tl::unexpected<Error>(failed.error());
}

/// Where this kiosk stands: what enrolment said, and what the operator said for today.
Result<Place> place_of(const KioskOptions& options, const Outbox& outbox) {
    const auto credential = outbox.credential();
    if (!credential) return error_of(credential);
    Place place;
    place.site = *credential ? (*credential)->site : "unassigned";
    place.event = options.event;
    place.universe = options.universe;
    return place;
}

}  // namespace

Kiosk::Kiosk(const Clock& clock, FolderLock lock, Pack pack, Strings strings, Outbox outbox)
    : clock_(clock),
      lock_(std::move(lock)),
      pack_(std::move(pack)),
      strings_(std::move(strings)),
      outbox_(std::move(outbox)),
      neighbours_(pack_) {}

Result<std::unique_ptr<Kiosk>> Kiosk::open(const KioskOptions& options, const Clock& clock,
                                           StageOptions stage) {
    std::error_code ec;
    std::filesystem::create_directories(options.data, ec);
    auto lock = lock_folder(options.data);
    if (!lock) return error_of(lock);
    auto pack = load_pack(options.pack);
    if (!pack) return error_of(pack);
    auto strings = Strings::load(options.assets / "strings", pack->plan.languages);
    if (!strings) return error_of(strings);
    auto outbox = Outbox::open(options.data);
    if (!outbox) return error_of(outbox);

    if (!options.enrol.empty()) {
        const auto transport = make_curl_transport();
        // A kiosk without its server still takes answers: they wait on disk.
        if (const Status done = enrol(*outbox, *transport, options.server, options.enrol); !done)
            spdlog::warn("not enrolled: {}", done.error().message);
    }
    auto place = place_of(options, *outbox);
    if (!place) return error_of(place);
    stage.place = *place;

    std::unique_ptr<Kiosk> kiosk(new Kiosk(clock, std::move(*lock), std::move(*pack),
                                           std::move(*strings), std::move(*outbox)));
    auto text = TextEngine::create();
    if (!text) return error_of(text);
    kiosk->text_ = std::move(*text);
    kiosk->stage_ = std::make_unique<Stage>(kiosk->pack_, kiosk->strings_, *kiosk->text_, stage);
    kiosk->sync_ = std::make_unique<SyncThread>(options.data, make_curl_transport());
    kiosk->languages_ = kiosk->pack_.plan.languages;
    kiosk->otherwise_ = *place;
    if (const Status opened = kiosk->open_staff_office(options); !opened) return error_of(opened);
    return kiosk;
}

Status Kiosk::open_staff_office(const KioskOptions& options) {
    const auto credential = outbox_.credential();
    if (!credential) return error_of(credential);
    StaffOfficeOptions staff{
        options.data, options.usb_folder, options.events, options.staff_pin_file, {}};
    staff.facts = {MACHIKOE_VERSION, outbox_.kiosk(), *credential ? (*credential)->server : "",
                   otherwise_.site, languages_};
    auto office = StaffOffice::open(std::move(staff), clock_, outbox_, *sync_, stage_->staff());
    if (!office) return error_of(office);
    staff_ = std::move(*office);
    return {};
}

void Kiosk::settle_place() {
    if (!is_at_rest(stage_->visit().screen)) return;
    const KioskSettings& settings = stage_->staff().staff().kept;
    stage_->set_place(place_on(settings, otherwise_, today_in_japan(clock_.wall())));
    const std::vector<Language> offered = offered_of(languages_, settings);
    if (offered != pack_.plan.languages) pack_.plan.languages = offered;
}

void Kiosk::frame() {
    staff_->work(now());
    settle_place();
    // Only once "saving" has been on the screen: a slow disk must not look like a dead one.
    if (saving_was_drawn_)
        if (const auto response = stage_->take_response()) save(*response);
    saving_was_drawn_ = stage_->visit().screen == Screen::Saving;
    tell_neighbours();
    stage_->frame(now());
}

std::optional<Milliseconds> Kiosk::next_frame_due() const {
    if (saving_was_drawn_) return now().monotonic;
    const Now moment = now();
    std::optional<Milliseconds> due = stage_->next_frame_due(moment);
    const auto sooner = [&](Milliseconds then) { due = due ? std::min(*due, then) : then; };
    if (const auto news = staff_->next_due(moment)) sooner(*news);
    // The banner goes when its day is over, whether somebody is there or not.
    if (!stage_->place().event.empty() || stage_->place().practice)
        sooner(moment.monotonic + until_midnight_in_japan(moment.wall));
    return due;
}

void Kiosk::save(const Response& response) {
    if (stage_->place().practice) {
        spdlog::info("practice: an answer was not kept");
        stage_->saved(now());
        return;
    }
    const auto sequence = outbox_.append(encode_record(response), clock_.wall());
    if (!sequence) {
        spdlog::error("an answer could not be saved: {}", sequence.error().message);
        stage_->saving_failed(now());
        return;
    }
    ++saved_;
    neighbours_.saved(response);
    stage_->saved(now());
    sync_->wake();
}

void Kiosk::tell_neighbours() {
    if (stage_->visit().screen != Screen::Thanks) return;
    neighbours_.heard(sync_->totals());
    stage_->set_neighbours(neighbours_.shares());
}

}  // namespace machikoe
