#include "app/staff_files.h"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <charconv>
#include <map>

#include "app/base/crypto.h"
#include "app/base/file.h"

namespace machikoe {
namespace {

constexpr std::string_view kSettingsHead = "machikoe-settings 1";
constexpr std::string_view kPinHead = "machikoe-pin 1";
constexpr std::size_t kLargestFile = 64u << 10;

using Lines = std::map<std::string, std::string, std::less<>>;

/// "head", then "key value" a line, then the hash of all that.
std::string encode_lines(std::string_view head, const Lines& lines) {
    std::string bytes = std::string(head) + "\n";
    for (const auto& [key, value] : lines) bytes.append(key).append(" ").append(value).append("\n");
    return bytes + "sha256 " + sha256_hex(bytes) + "\n";
}

Result<Lines> decode_lines(std::string_view head, std::string_view bytes) {
    const auto refuse = [](const char* what) { return fail(ErrorCode::Corrupt, what); };
    if (!bytes.starts_with(std::string(head) + "\n")) return refuse("not of this version");
    const std::size_t last = bytes.rfind("\nsha256 ");
    if (last == bytes.npos) return refuse("cut off");
    const std::string_view content = bytes.substr(0, last + 1);
    if (bytes.substr(last + 1) != "sha256 " + sha256_hex(content) + "\n")
        return refuse("changed or cut off");
    Lines lines;
    for (std::size_t at = head.size() + 1; at < content.size();) {
        const std::size_t end = content.find('\n', at);
        const std::string_view line = content.substr(at, end - at);
        const std::size_t space = line.find(' ');
        if (space == line.npos) return refuse("a line without a value");
        lines.emplace(line.substr(0, space), line.substr(space + 1));
        at = end + 1;
    }
    return lines;
}

template <class Number>
std::optional<Number> number_of(const std::string& text) {
    Number number{};
    const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (fault != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return number;
}

std::string key_of(std::size_t weekday) {
    return "hours" + std::to_string(weekday);
}

std::string words_of(const DayHours& hours) {
    return std::string(hours.open ? "open" : "closed") + " " + std::to_string(hours.opens_min) +
           " " + std::to_string(hours.closes_min);
}

std::optional<DayHours> hours_of(const std::string& words) {
    const std::size_t first = words.find(' '), second = words.find(' ', first + 1);
    if (first == words.npos || second == words.npos) return std::nullopt;
    const auto opens = number_of<int>(words.substr(first + 1, second - first - 1));
    const auto closes = number_of<int>(words.substr(second + 1));
    const std::string state = words.substr(0, first);
    if (!opens || !closes || (state != "open" && state != "closed")) return std::nullopt;
    return DayHours{state == "open", *opens, *closes};
}

/// Reads a file of ours; nullopt where there is none.
Result<std::optional<Lines>> load_lines(const std::filesystem::path& path, std::string_view head) {
    const auto bytes = load_file(path, kLargestFile);
    if (!bytes && bytes.error().code == ErrorCode::NotFound) return std::optional<Lines>();
    if (!bytes) return tl::unexpected<Error>(bytes.error());
    auto lines = decode_lines(head, *bytes);
    if (!lines) return fail(ErrorCode::Corrupt, path.string() + ": " + lines.error().message);
    return std::optional<Lines>(std::move(*lines));
}

std::filesystem::path set_aside(const std::filesystem::path& path) {
    std::error_code ec;
    for (int number = 1;; ++number) {
        const std::filesystem::path aside = path.string() + ".damaged-" + std::to_string(number);
        if (std::filesystem::exists(aside, ec)) continue;
        std::filesystem::rename(path, aside, ec);
        return aside;
    }
}

}  // namespace

std::string encode_settings(const KioskSettings& settings) {
    Lines lines;
    if (!settings.site.empty()) lines["site"] = settings.site;
    if (settings.event) {
        lines["event-from"] = settings.event->from;
        lines["event-name"] = settings.event->name;
        lines["event-to"] = settings.event->to;
        lines["event-universe"] = name_of(settings.event->universe);
    }
    if (!settings.practice_day.empty()) lines["practice"] = settings.practice_day;
    lines["paused"] = settings.paused ? "1" : "0";
    lines["volume"] = std::to_string(settings.volume_percent);
    lines["keeps-hours"] = settings.keeps_hours ? "1" : "0";
    for (std::size_t i = 0; i < kWeekdays; ++i) lines[key_of(i)] = words_of(settings.hours[i]);
    for (const Language language : settings.hidden)
        lines["hidden-" + std::string(tag_of(language))] = "1";
    return encode_lines(kSettingsHead, lines);
}

Result<KioskSettings> decode_settings(std::string_view bytes) {
    auto lines = decode_lines(kSettingsHead, bytes);
    if (!lines) return tl::unexpected<Error>(lines.error());
    const auto text = [&](const std::string& key) {
        const auto found = lines->find(key);
        return found == lines->end() ? std::string() : found->second;
    };
    KioskSettings settings;
    settings.site = text("site");
    if (lines->contains("event-name")) {
        const auto universe = universe_of(text("event-universe"));
        if (!universe) return fail(ErrorCode::Corrupt, "universe is none");
        settings.event =
            EventPlan{text("event-name"), text("event-from"), text("event-to"), *universe};
    }
    settings.practice_day = text("practice");
    settings.paused = text("paused") == "1";
    settings.keeps_hours = text("keeps-hours") == "1";
    const auto volume = number_of<int>(text("volume"));
    if (!volume) return fail(ErrorCode::Corrupt, "volume is no number");
    settings.volume_percent = *volume;
    for (std::size_t i = 0; i < kWeekdays; ++i) {
        const auto hours = hours_of(text(key_of(i)));
        if (!hours) return fail(ErrorCode::Corrupt, "opening hours are none");
        settings.hours[i] = *hours;
    }
    for (const Language language : kAllLanguages)
        if (lines->contains("hidden-" + std::string(tag_of(language))))
            settings.hidden.insert(language);
    if (const Status right = check_settings(settings); !right)
        return fail(ErrorCode::Corrupt, right.error().message);
    return settings;
}

LoadedSettings load_settings(const std::filesystem::path& folder) {
    const std::filesystem::path path = folder / "settings";
    const auto bytes = load_file(path, kLargestFile);
    if (!bytes && bytes.error().code == ErrorCode::NotFound) return {};
    Result<KioskSettings> settings =
        bytes ? decode_settings(*bytes) : Result<KioskSettings>(tl::unexpected(bytes.error()));
    if (settings) return {std::move(*settings), false};
    const std::filesystem::path aside = set_aside(path);
    spdlog::error(
        "{}: {}; it is kept as {}, and the kiosk pauses until staff have looked at the "
        "settings",
        path.string(), settings.error().message, aside.string());
    KioskSettings safe;
    safe.paused = true;
    return {safe, true};
}

Status keep_settings(const std::filesystem::path& folder, const KioskSettings& settings) {
    return replace_file(folder / "settings", encode_settings(settings));
}

PinFile::PinFile(std::filesystem::path folder) : path_(std::move(folder) / "pin") {
    const auto lines = load_lines(path_, kPinHead);
    if (lines && !*lines) return;
    std::optional<int> failures;
    std::optional<std::int64_t> locked_until;
    if (lines) {
        const auto text = [&](const char* key) {
            const auto found = (*lines)->find(key);
            return found == (*lines)->end() ? std::string() : found->second;
        };
        failures = number_of<int>(text("failures"));
        locked_until = number_of<std::int64_t>(text("locked-until-ms"));
        if (failures && locked_until)
            state_ = State{text("hash"), *failures, Milliseconds{*locked_until}};
    }
    if (state_ && !state_->hash.empty() && state_->failures >= 0) return;
    state_.reset();
    is_damaged_ = true;
    spdlog::error("{}: {}; nobody can enter the staff mode until a start with --staff-pin-file",
                  path_.string(), lines ? "incomplete" : lines.error().message);
}

Milliseconds PinFile::locked_for(Milliseconds wall) const {
    if (!state_) return Milliseconds{0};
    return std::clamp(state_->locked_until - wall, Milliseconds{0},
                      pin_lock_after(state_->failures));
}

Status PinFile::keep(const State& state) {
    const Status kept = replace_file(
        path_,
        encode_lines(kPinHead, {{"hash", state.hash},
                                {"failures", std::to_string(state.failures)},
                                {"locked-until-ms", std::to_string(state.locked_until.count())}}));
    // Even a full disk does not make a wrong try undone while the program runs.
    state_ = state;
    return kept;
}

Status PinFile::set(const std::string& pin) {
    const auto hash = hash_secret(pin);
    if (!hash) return tl::unexpected<Error>(hash.error());
    const auto before = state_;
    const Status kept = keep({*hash, 0, Milliseconds{0}});
    if (!kept) state_ = before;
    if (kept) is_damaged_ = false;
    return kept;
}

staff_event::PinChecked PinFile::check(const std::string& pin, Milliseconds wall) {
    using staff_event::PinVerdict;
    if (!state_) return {PinVerdict::Damaged};
    State tried = *state_;
    ++tried.failures;
    const Milliseconds lock = pin_lock_after(tried.failures);
    tried.locked_until = lock.count() > 0 ? wall + lock : Milliseconds{0};
    if (const Status kept = keep(tried); !kept)
        spdlog::error("a try of the PIN could not be written down: {}", kept.error().message);
    if (!is_secret(tried.hash, pin)) {
        spdlog::warn("staff: wrong PIN, {} in a row", tried.failures);
        return {PinVerdict::Wrong, lock};
    }
    if (const Status kept = keep({tried.hash, 0, Milliseconds{0}}); !kept)
        spdlog::error("the right PIN could not be written down: {}", kept.error().message);
    return {PinVerdict::Right};
}

}  // namespace machikoe
