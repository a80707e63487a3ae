#include "app/kiosk.h"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <cstdio>
#include <utility>

#include "app/base/file.h"
#include "sync/client/keeping.h"
#include "sync/client/salvage.h"
#include "sync/seal/secret.h"

namespace machikoe {
namespace {

constexpr std::size_t kLeastPassphrase = 12;

/// After the first frame, which comes at the window's start, not at once.
constexpr Milliseconds kBeforeDictionaries{1'000};

bool offers_chinese(const std::vector<Language>& languages) {
    return std::ranges::any_of(languages, [](Language language) {
        return language == Language::ZhHans || language == Language::ZhHant;
    });
}

template <class T>
tl::unexpected<Error> error_of(const T& failed) {
    return tl::unexpected<Error>(failed.error());
}

/// The staff's passphrase; "" where none is given.
Result<std::string> passphrase_in(const std::filesystem::path& file) {
    if (file.empty()) return std::string();
    auto bytes = load_file(file, 1024);
    if (!bytes) return error_of(bytes);
    while (!bytes->empty() && (bytes->back() == '\n' || bytes->back() == '\r')) bytes->pop_back();
    if (bytes->size() < kLeastPassphrase)
        return fail(ErrorCode::Invalid, file.string() + ": a passphrase of at least " +
                                            std::to_string(kLeastPassphrase) +
                                            " characters is needed");
    return bytes;
}

/// A damaged file is put aside with all that can be read of it, and residents can go on.
Result<Outbox> open_outbox(const std::filesystem::path& folder) {
    auto outbox = Outbox::open(folder);
    if (outbox || outbox.error().code != ErrorCode::Corrupt) return outbox;
    const auto salvaged = salvage(folder);
    if (!salvaged) return outbox;
    spdlog::error(
        "kiosk.db was damaged and is now in {}, with a bundle of the {} envelopes that could be "
        "read: import it (machikoe bundle import), and enrol this kiosk again",
        salvaged->folder.string(), salvaged->envelopes);
    return Outbox::open(folder);
}

Result<KeyStore> open_keys(const KioskOptions& options, const Outbox& outbox) {
    auto there = KeyStore::open_again(options.data);
    if (!there && there.error().code == ErrorCode::Corrupt) {
        const auto aside = put_keys_aside(options.data);
        if (!aside) return there;
        spdlog::error("keys.db was damaged and is now in {}; this kiosk has new keys",
                      aside->string());
        there = fail(ErrorCode::NotFound, "");
    }
    if (there || there.error().code != ErrorCode::NotFound) return there;
    auto passphrase = passphrase_in(options.staff_passphrase_file);
    if (!passphrase) return error_of(passphrase);
    auto keys = KeyStore::open(options.data, *passphrase);
    wipe(*passphrase);
    if (!keys) return keys;
    // Not through the logger: logs are kept and copied.
    if (const auto& made_up = keys->made_up_passphrase())
        std::fprintf(stderr,
                     "machikoe-kiosk: this kiosk's passphrase is %s\n"
                     "Write it down now, it is shown once.  It opens answers that are given before "
                     "the kiosk is enrolled.\n",
                     made_up->c_str());
    const auto state = outbox.state();
    if (state && state->last_sequence > 0)
        spdlog::warn(
            "keys.db was not there, so this kiosk has new keys: revoke and enrol it again; {} "
            "answers "
            "wait",
            state->waiting_responses);
    return keys;
}

/// A kiosk without its server still takes answers: they wait on disk.
void enrol_or_warn(const KioskOptions& options, const std::string& kiosk, KeyStore& keys) {
    const auto enrolment = keys.enrolment();
    const bool is_unproven = enrolment && *enrolment && !(*enrolment)->proven;
    if (options.enrol.empty() && !is_unproven) return;
    const auto transport = make_curl_transport();
    const Status done = options.enrol.empty()
                            ? prove(kiosk, keys, *transport)
                            : enrol(kiosk, keys, *transport, options.server, options.enrol);
    if (!done) spdlog::warn("not enrolled: {}", done.error().message);
}

/// Where this kiosk stands: what enrolment said, and what the operator said for today.
Place place_of(const KioskOptions& options, const std::optional<Enrolment>& enrolment) {
    Place place;
    place.site = enrolment ? enrolment->site : "unassigned";
    place.event = options.event;
    place.universe = options.universe;
    return place;
}

}  // namespace

Kiosk::Kiosk(const Clock& clock, FolderLock lock, Pack pack, Strings strings, Outbox outbox,
             KeyStore keys)
    : clock_(clock),
      lock_(std::move(lock)),
      pack_(std::move(pack)),
      strings_(std::move(strings)),
      outbox_(std::move(outbox)),
      keys_(std::move(keys)),
      sealer_(outbox_.kiosk()),
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
    auto outbox = open_outbox(options.data);
    if (!outbox) return error_of(outbox);
    auto keys = open_keys(options, *outbox);
    if (!keys) return error_of(keys);
    enrol_or_warn(options, outbox->kiosk(), *keys);
    const auto enrolment = keys->enrolment();
    if (!enrolment) return error_of(enrolment);
    auto seal_to = key_to_seal_to(*keys);
    if (!seal_to) return error_of(seal_to);
    const Place place = place_of(options, *enrolment);
    stage.place = place;

    std::unique_ptr<Kiosk> kiosk(new Kiosk(clock, std::move(*lock), std::move(*pack),
                                           std::move(*strings), std::move(*outbox),
                                           std::move(*keys)));
    kiosk->seal_to_ = std::move(*seal_to);
    auto text = TextEngine::create();
    if (!text) return error_of(text);
    kiosk->text_ = std::move(*text);
    kiosk->stage_ = std::make_unique<Stage>(kiosk->pack_, kiosk->strings_, *kiosk->text_, stage);
    kiosk->sync_ = std::make_unique<SyncThread>(options.data, make_curl_transport());
    kiosk->languages_ = kiosk->pack_.plan.languages;
    if (offers_chinese(kiosk->languages_)) kiosk->dictionaries_ = stage.writing.pinyin;
    kiosk->otherwise_ = place;
    if (const Status opened = kiosk->open_staff_office(options, *enrolment); !opened)
        return error_of(opened);
    return kiosk;
}

Status Kiosk::open_staff_office(const KioskOptions& options,
                                const std::optional<Enrolment>& enrolment) {
    StaffOfficeOptions staff{options.data,
                             options.usb_folder,
                             options.events,
                             options.staff_pin_file,
                             enrolment ? enrolment->authority : "",
                             {}};
    staff.facts = {MACHIKOE_VERSION, outbox_.kiosk(), enrolment ? enrolment->server : "",
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
    tell_standing(settings);
    const std::vector<Language> offered = offered_of(languages_, settings);
    if (offered != pack_.plan.languages) pack_.plan.languages = offered;
}

/// Those who look after many kiosks want to know when this one should be awake, and for what.
void Kiosk::tell_standing(const KioskSettings& settings) {
    Standing standing;
    if (settings.keeps_hours) {
        standing.hours.emplace();
        for (std::size_t day = 0; day < kWeekdays; ++day) {
            const DayHours& kept = settings.hours[day];
            if (kept.open) (*standing.hours)[day] = OpenMinutes{kept.opens_min, kept.closes_min};
        }
    }
    if (is_event_on(settings, today_in_japan(clock_.wall())))
        standing.event =
            RunningEvent{settings.event->name, settings.event->from, settings.event->to};
    if (standing == standing_) return;
    standing_ = standing;
    sync_->set_standing(std::move(standing));
}

void Kiosk::frame() {
    staff_->work(now());
    settle_place();
    // Only once "saving" has been on the screen: a slow disk must not look like a dead one.
    if (saving_was_drawn_)
        if (auto response = stage_->take_response()) save(std::move(*response));
    saving_was_drawn_ = stage_->visit().screen == Screen::Saving;
    tell_neighbours();
    load_dictionaries();
    stage_->frame(now());
    if (!first_frame_) first_frame_ = now().monotonic;
    if (!stage_->place().practice) marks_.watch(stage_->visit());
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

Result<std::int64_t> Kiosk::keep_sealed(const Response& response) {
    // The sync thread may just have proven the server's key.  A keys.db that cannot be read now
    // costs no answer: the last key that was read still opens it.
    if (auto key = key_to_seal_to(keys_)) seal_to_ = std::move(*key);
    std::string record = encode_record(response);
    auto sequence = keep({record, seal_to_, response.pack_hash, clock_.monotonic(), clock_.wall()},
                         sealer_, outbox_);
    wipe(record);
    return sequence;
}

void Kiosk::save(Response response) {
    if (stage_->place().practice) {
        spdlog::info("practice: an answer was not kept");
        stage_->saved(now());
        return;
    }
    marks_.mark(response, clock_.monotonic());
    const auto sequence = keep_sealed(response);
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

void Kiosk::load_dictionaries() {
    if (!dictionaries_ || !first_frame_ || now().monotonic - *first_frame_ < kBeforeDictionaries ||
        !is_at_rest(stage_->visit().screen))
        return;
    std::exchange(dictionaries_, nullptr)();
}

void Kiosk::tell_neighbours() {
    if (stage_->visit().screen != Screen::Thanks) return;
    neighbours_.heard(sync_->totals());
    stage_->set_neighbours(neighbours_.shares());
}

}  // namespace machikoe
