#include "app/writing/mozc_session.h"

#include <unistd.h>

#include <algorithm>
#include <cassert>

#include "app/base/file.h"
#include "app/plan/text_rules.h"
#include "app/writing/draft.h"
#include "app/writing/line_process.h"
#include "app/writing/temporary_home.h"

namespace machikoe {
namespace {

// Mozc's Config as protocol buffer, in the order of its fields: incognito_mode (20) true,
// history_learning_level (50) NO_HISTORY, use_history_suggest (100) false, suggestions_size
// (110) 8.
constexpr char kLearnsNothing[] = "\xa0\x01\x01\x90\x03\x02\xa0\x06\x00\xf0\x06\x08";

/// Key code 97 stands for any key; what counts is the string.
std::string key_of(std::string_view letter) {
    return "97 \"" + std::string(letter) + "\"";
}

bool can_be_sent(std::string_view letter) {
    return letter.find_first_of("\"\\\n") == std::string_view::npos;
}

Milliseconds monotonic_now() {
    return SystemClock().monotonic();
}

constexpr const char* kSpace = "space";
constexpr const char* kEscape = "escape";

}  // namespace

Status configure_mozc(const std::filesystem::path& home) {
    std::error_code ec;
    std::filesystem::create_directories(home / ".config/mozc", ec);
    if (ec) return fail(ErrorCode::Unavailable, "a folder for Mozc cannot be made");
    return replace_file(home / ".config/mozc/config1.db",
                        {kLearnsNothing, sizeof(kLearnsNothing) - 1});
}

Result<std::unique_ptr<MozcSession>> MozcSession::open(const MozcOptions& options) {
    if (::geteuid() == 0) return fail(ErrorCode::Unavailable, "mozc_server does not run as root");
    if (options.helper.empty() || ::access(options.helper[0].c_str(), X_OK) != 0 ||
        ::access(options.server.c_str(), X_OK) != 0)
        return fail(ErrorCode::Unavailable,
                    "Mozc is not there (Debian packages mozc-server, emacs-mozc-bin)");
    auto home =
        TemporaryHome::make(options.folders.empty() ? folders_in_memory() : options.folders);
    if (!home) return tl::unexpected<Error>(home.error());
    if (const Status configured = configure_mozc((*home)->path()); !configured)
        return tl::unexpected<Error>(configured.error());
    auto helper = LineProcess::start(options.helper, (*home)->path());
    if (!helper) return tl::unexpected<Error>(helper.error());
    auto session = std::unique_ptr<MozcSession>(
        new MozcSession(std::move(*home), std::move(*helper), options));
    return session;
}

/// A first key makes the server start, long before a resident has found one.
MozcSession::MozcSession(std::unique_ptr<TemporaryHome> home, std::unique_ptr<LineProcess> helper,
                         const MozcOptions& options)
    : home_(std::move(home)),
      helper_(std::move(helper)),
      options_(options),
      started_(monotonic_now()),
      lines_to_come_(4) {  // a greeting and three replies
    const Status sent = helper_->send("(0 CreateSession)\n(1 SendKey 1 " + key_of("あ") +
                                      ")\n(2 SendKey 1 escape)\n");
    next_event_ = 3;
    if (!sent) end();
}

MozcSession::~MozcSession() {
    wipe(typed_);
}

const std::filesystem::path& MozcSession::home() const {
    return home_->path();
}

ConverterState MozcSession::state() {
    if (state_ == ConverterState::Starting) look();
    return state_;
}

void MozcSession::look() {
    while (lines_to_come_ > 0) {
        const auto line = helper_->line(Milliseconds{0});
        if (!line) return void(end());
        if (!*line) break;
        const auto event = static_cast<std::uint32_t>(3 - lines_to_come_);
        const bool fine =
            lines_to_come_ == 4 ? is_greeting(**line) : parse_mozc_reply(**line, event).has_value();
        if (!fine) return void(end());
        --lines_to_come_;
    }
    if (lines_to_come_ == 0)
        state_ = ConverterState::Ready;
    else if (monotonic_now() - started_ > options_.start_deadline)
        end();
}

tl::unexpected<Error> MozcSession::end() {
    state_ = ConverterState::Ended;
    return fail(ErrorCode::Unavailable, "Mozc does not answer as it should");
}

Result<MozcReply> MozcSession::send_keys(const std::vector<std::string>& keys) {
    if (state_ != ConverterState::Ready || keys.empty()) return end();
    std::string lines;
    std::uint32_t event = next_event_;
    for (const std::string& key : keys)
        lines += "(" + std::to_string(event++) + " SendKey 1 " + key + ")\n";
    const Status sent = helper_->send(lines);
    wipe(lines);
    if (!sent) return end();
    const Milliseconds deadline = monotonic_now() + options_.reply_deadline;
    Result<MozcReply> reply = MozcReply{};
    for (; next_event_ != event; ++next_event_) {
        const auto line = helper_->line(std::max(deadline - monotonic_now(), Milliseconds{0}));
        if (!line || !*line) return end();
        reply = parse_mozc_reply(**line, next_event_);
        if (!reply) return end();
    }
    return reply;
}

/// Makes the composition what the resident sees: letters taken back, letters added.
Result<MozcReply> MozcSession::type(std::string_view reading) {
    const std::vector<std::string> wanted = letters_of(reading), had = letters_of(typed_);
    const auto [keep, unused] = std::ranges::mismatch(had, wanted);
    const auto kept = static_cast<std::size_t>(keep - had.begin());
    std::vector<std::string> keys(had.size() - kept, "backspace");
    for (std::size_t i = kept; i < wanted.size(); ++i) {
        if (!can_be_sent(wanted[i])) return end();
        keys.push_back(key_of(wanted[i]));
    }
    if (keys.empty()) keys = {key_of("あ"), "backspace"};  // asks again
    auto reply = send_keys(keys);
    if (reply) typed_ = reading;
    return reply;
}

Result<std::vector<std::string>> MozcSession::suggest(std::string_view reading) {
    const auto reply = type(reading);
    if (!reply) return tl::unexpected<Error>(reply.error());
    std::vector<std::string> words;
    for (const MozcCandidate& candidate : reply->candidates) words.push_back(candidate.value);
    return words;
}

Result<Converted> MozcSession::convert(std::string_view reading) {
    if (typed_ != reading) {
        const auto typed = type(reading);
        if (!typed) return tl::unexpected<Error>(typed.error());
    }
    const auto reply = send_keys({kSpace});
    if (!reply) return tl::unexpected<Error>(reply.error());
    return converted(*reply);
}

Result<Converted> MozcSession::converted(const MozcReply& reply) {
    if (reply.parts.empty() || !reply.highlighted) return end();
    last_ = reply;
    Converted result{.parts = reply.parts, .focused = *reply.highlighted, .candidates = {}};
    for (const MozcCandidate& candidate : reply.candidates) {
        if (candidate.index == reply.focused) result.chosen = result.candidates.size();
        result.candidates.push_back(candidate.value);
    }
    return result;
}

/// The helper knows keys only: from one candidate to the next until it is the one.
Result<Converted> MozcSession::choose(std::size_t candidate) {
    assert(candidate < last_.candidates.size());
    const std::size_t wanted = last_.candidates[candidate].index, from = last_.focused.value_or(0);
    if (wanted == from) return converted(MozcReply(last_));
    const std::size_t steps = wanted > from ? wanted - from : from - wanted;
    const auto reply = send_keys(std::vector<std::string>(steps, wanted > from ? kSpace : "up"));
    if (!reply) return tl::unexpected<Error>(reply.error());
    return converted(*reply);
}

Result<Converted> MozcSession::focus(std::size_t part) {
    assert(part < last_.parts.size());
    const std::size_t from = last_.highlighted.value_or(0);
    if (part == from) return converted(MozcReply(last_));
    const std::size_t steps = part > from ? part - from : from - part;
    const auto reply = send_keys(std::vector<std::string>(steps, part > from ? "right" : "left"));
    if (!reply) return tl::unexpected<Error>(reply.error());
    return converted(*reply);
}

/// Once for the conversion, once for the kana, and once more does no harm.
Status MozcSession::drop() {
    if (typed_.empty()) return {};
    wipe(typed_);
    last_ = {};
    const auto reply = send_keys({kEscape, kEscape, kEscape});
    if (!reply || !reply->parts.empty()) return end();
    return {};
}

}  // namespace machikoe
