#include "app/staff_office.h"

#include <spdlog/spdlog.h>
#include <sys/stat.h>

#include <algorithm>
#include <chrono>
#include <fstream>
#include <sstream>

#include "app/base/file.h"
#include "app/staff_checks.h"
#include "app/staff_export.h"
#include "sync/client/salvage.h"

namespace machikoe {
namespace {

using namespace std::chrono_literals;

constexpr TransportLimits kCheckLimits{.connect = 3s, .total = 5s, .reply_bytes = 64u << 10};
constexpr Milliseconds kSendNow = 5s;
constexpr Milliseconds kLook = 1s;    // at the queue
constexpr Milliseconds kPoll = 30ms;  // for what is under way

Trouble trouble_of(const SyncStatus& status) {
    if (!status.enrolled) return Trouble::NotEnrolled;
    if (status.last_error.empty()) return status.stuck > 0 ? Trouble::NotUnderstood : Trouble::None;
    switch (status.last_code) {
        case ErrorCode::Denied:
            return Trouble::Refused;
        case ErrorCode::Invalid:
            return Trouble::NotUnderstood;
        case ErrorCode::Corrupt:
            return Trouble::OwnDisk;
        default:
            return Trouble::NoReply;
    }
}

/// When the kiosk last wrote: a clock that stands before then is wrong.
Milliseconds last_written(const std::filesystem::path& file) {
    struct stat seen {};
    if (::stat(file.c_str(), &seen) != 0) return Milliseconds{0};
    return std::chrono::seconds(seen.st_mtime);
}

std::string bytes_of_mounts() {
    std::ifstream in("/proc/self/mounts");
    std::ostringstream bytes;
    bytes << in.rdbuf();
    return std::move(bytes).str();
}

bool is_pin(const std::string& text) {
    return text.size() >= kLeastPinDigits && text.size() <= kMostPinDigits &&
           std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

StaffOffice::StaffOffice(StaffOfficeOptions options, const Clock& clock, Outbox& outbox,
                         SyncThread& sync, StaffDesk& desk)
    : options_(std::move(options)),
      clock_(clock),
      outbox_(outbox),
      sync_(sync),
      desk_(desk),
      pin_(options_.data),
      transport_(make_curl_transport(kCheckLimits)) {
    transport_->trust(options_.authority);
}

StaffOffice::~StaffOffice() {
    transport_->cancel();
    if (under_way_.valid()) under_way_.wait();
}

Result<std::unique_ptr<StaffOffice>> StaffOffice::open(StaffOfficeOptions options,
                                                       const Clock& clock, Outbox& outbox,
                                                       SyncThread& sync, StaffDesk& desk) {
    std::unique_ptr<StaffOffice> office(
        new StaffOffice(std::move(options), clock, outbox, sync, desk));
    if (const Status set = office->set_pin_from_file(); !set) return tl::unexpected(set.error());
    const LoadedSettings loaded = load_settings(office->options_.data);
    const Now now{clock.monotonic(), clock.wall()};
    desk.tell(staff_event::Begun{office->pin_.has_pin(), loaded.were_damaged, loaded.settings,
                                 office->options_.facts},
              now);
    if (const Milliseconds locked = office->pin_.locked_for(now.wall); locked > 0ms)
        desk.tell(staff_event::PinChecked{staff_event::PinVerdict::Wrong, locked}, now);
    return office;
}

Status StaffOffice::set_pin_from_file() {
    if (options_.pin_file.empty()) return {};
    auto bytes = load_file(options_.pin_file, 64);
    if (!bytes) return tl::unexpected<Error>(bytes.error());
    while (!bytes->empty() && (bytes->back() == '\n' || bytes->back() == '\r')) bytes->pop_back();
    if (!is_pin(*bytes))
        return fail(ErrorCode::Invalid,
                    options_.pin_file.string() + ": a PIN is 6 to 12 digits and nothing else");
    spdlog::info("staff: the PIN is set from {}", options_.pin_file.string());
    return pin_.set(*bytes);
}

void StaffOffice::work(Now now) {
    if (under_way_.valid() && under_way_.wait_for(0s) == std::future_status::ready)
        for (const StaffEvent& news : under_way_.get()) desk_.tell(news, now);
    const bool looks = desk_.staff().screen == StaffScreen::Queue;
    if (looks && now.monotonic - last_look_ >= kLook) {
        last_look_ = now.monotonic;
        desk_.tell(staff_event::Queue{queue_news()}, now);
    }
    while (!under_way_.valid()) {
        const auto order = desk_.take_order();
        if (!order) return;
        carry_out(*order, now);
    }
}

std::optional<Milliseconds> StaffOffice::next_due(Now now) const {
    if (under_way_.valid()) return now.monotonic + kPoll;
    if (desk_.staff().screen == StaffScreen::Queue) return last_look_ + kLook;
    return std::nullopt;
}

void StaffOffice::carry_out(const StaffOrder& order, Now now) {
    const auto begin = [&](auto work) {
        under_way_ = std::async(std::launch::async, std::move(work));
    };
    if (const auto* set = std::get_if<staff_order::SetPin>(&order)) {
        begin([this, pin = set->pin]() -> News {
            const Status kept = pin_.set(pin);
            if (kept) spdlog::info("staff: a new PIN is set");
            if (!kept) spdlog::error("staff: the PIN was not set: {}", kept.error().message);
            return {staff_event::PinKept{kept.has_value()}};
        });
    } else if (const auto* check = std::get_if<staff_order::CheckPin>(&order)) {
        begin([this, pin = check->pin, wall = now.wall]() -> News {
            const auto checked = pin_.check(pin, wall);
            if (checked.verdict == staff_event::PinVerdict::Right) spdlog::info("staff: entered");
            return {checked};
        });
    } else if (const auto* keep = std::get_if<staff_order::Keep>(&order)) {
        const Status kept = keep_settings(options_.data, keep->settings);
        if (kept) spdlog::info("staff: settings changed");
        if (!kept) spdlog::error("staff: settings not kept: {}", kept.error().message);
        desk_.tell(staff_event::WasKept{kept.has_value(), keep->settings}, now);
    } else if (std::holds_alternative<staff_order::SyncNow>(order)) {
        begin([this]() -> News {
            sync_.drain(kSendNow);
            return {};
        });
    } else if (std::holds_alternative<staff_order::LookForSticks>(order)) {
        desk_.tell(staff_event::Sticks{sticks_in(bytes_of_mounts(), options_.usb_folder)}, now);
    } else if (std::holds_alternative<staff_order::LookForEvents>(order)) {
        look_for_events(now);
    } else if (const auto* out = std::get_if<staff_order::ExportTo>(&order)) {
        begin([this, folder = out->folder]() -> News {
            return {staff_event::Exported{export_to(folder)}};
        });
    } else if (const auto* test = std::get_if<staff_order::Run>(&order)) {
        begin([this, which = test->test, volume = desk_.staff().kept.volume_percent] {
            return run(which, volume);
        });
    } else if (std::holds_alternative<staff_order::Leave>(order)) {
        spdlog::info("staff: leave the program");
        is_leaving_ = true;
    }
}

void StaffOffice::look_for_events(Now now) {
    const auto bytes = load_file(options_.events, 1u << 20);
    if (!bytes && bytes.error().code == ErrorCode::NotFound) return;
    auto events = bytes ? parse_events(*bytes)
                        : Result<std::vector<EventPlan>>(tl::unexpected(bytes.error()));
    if (events) return desk_.tell(staff_event::Events{std::move(*events), false}, now);
    spdlog::error("{}: {}", options_.events.string(), events.error().message);
    desk_.tell(staff_event::Events{{}, true}, now);
}

QueueNews StaffOffice::queue_news() const {
    const SyncStatus status = sync_.status();
    QueueNews news;
    news.stuck = status.stuck;
    news.last_receipt = status.last_success;
    news.trouble = trouble_of(status);
    const auto state = outbox_.state();
    if (!state) {
        news.waiting = status.waiting_responses;
        news.trouble = Trouble::OwnDisk;
        return news;
    }
    news.waiting = state->waiting_responses;
    news.oldest = state->oldest_waiting;
    return news;
}

ExportNews StaffOffice::export_to(const std::string& folder) const {
    // Connections of its own: this is not the outbox's thread.
    const auto outbox = Outbox::open(options_.data);
    auto keys = KeyStore::open_again(options_.data);
    const auto bundle = !outbox ? Result<BundleFile>(tl::unexpected(outbox.error()))
                        : !keys ? Result<BundleFile>(tl::unexpected(keys.error()))
                                : bundle_of(*outbox, *keys);
    if (!bundle) {
        spdlog::error("export: {}", bundle.error().message);
        return {ExportResult::Failed, 0, ""};
    }
    const ExportNews news = write_bundle(*bundle, folder);
    // What was read of a damaged kiosk.db goes with it.
    for (const BundleFile& salvaged : salvaged_bundles(options_.data))
        if (write_bundle(salvaged, folder).result == ExportResult::Done)
            spdlog::info("staff: exported {} as well", salvaged.name);
    if (news.result == ExportResult::Done)
        spdlog::info("staff: {} answers exported as {}", news.count, news.file);
    return news;
}

StaffOffice::News StaffOffice::run(SelfTest test, int volume_percent) {
    const std::string& server = options_.facts.server;
    // Durations are real ones, also where residents are scripted.
    const SystemClock real;
    switch (test) {
        case SelfTest::Sound:
            return {staff_event::Tested{check_sound(volume_percent)}};
        case SelfTest::Disk:
            return {staff_event::Tested{check_disk(options_.data)}};
        case SelfTest::Clock:
            return {staff_event::Tested{check_clock(*transport_, server, clock_,
                                                    last_written(options_.data / "kiosk.db"))}};
        case SelfTest::Network:
            return {staff_event::Tested{check_network(*transport_, server, real)}};
    }
    return {};
}

}  // namespace machikoe
