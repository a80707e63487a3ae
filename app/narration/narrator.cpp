#include "app/narration/narrator.h"

#include <algorithm>
#include <utility>

#include "app/ui/staff_desk.h"

namespace machikoe {
namespace {

constexpr Milliseconds kNextLook{50};        // while something is said
constexpr Milliseconds kAnswerComes{1'000};  // that late a change still comes of a key
constexpr Language kWelcomes[] = {Language::Ja, Language::En};

bool is_for_listening(PadKey key) {
    return key > PadKey::Help;
}

bool is_heading(const Node& node) {
    return node.role == Role::Heading || node.role == Role::Dialog;
}

bool is_the_same_to_hear(const Node& a, const Node& b) {
    return a.name == b.name && a.value == b.value && a.selected == b.selected &&
           a.enabled == b.enabled;
}

void append(Wording& to, Wording more) {
    std::ranges::move(more, std::back_inserter(to));
}

}  // namespace

Narrator::Narrator(const Strings& strings, SpokenOutput& output, NarratorOptions options)
    : output_(output),
      options_(options),
      worder_(strings, [this](Language language) { return output_.speaks(language); }) {}

void Narrator::say(std::string id, Wording wording, Milliseconds now, Urgency urgency) {
    if (wording.empty()) return;
    // The same place may be said again: it is not the same utterance.
    output_.say(std::move(id) + "/" + std::to_string(++said_), std::move(wording), urgency, now);
}

void Narrator::welcome(bool asks, Milliseconds now) {
    Wording wording;
    for (const Language language : kWelcomes) {
        if (!output_.speaks(language)) continue;
        wording.push_back(worder_.text("speech.welcome", language));
        if (asks) wording.push_back(worder_.text("speech.ask-loudspeaker", language));
    }
    mode_ = asks ? Mode::Asking : Mode::On;
    output_.set_loudspeaker(asks);
    has_seen_ = false;
    wants_focus_ = !asks;
    reads_on_ = false;
    say("welcome", std::move(wording), now);
}

bool Narrator::take(PadKey key, Milliseconds now) {
    switch (mode_) {
        case Mode::Off:
            if (output_.are_headphones_in()) return welcome(false, now), true;
            if (options_.has_loudspeaker && !is_declined_) return welcome(true, now), true;
            return is_for_listening(key);
        case Mode::Asking:
            output_.hush();
            mode_ = key == PadKey::Enter ? Mode::On : Mode::Off;
            is_declined_ = mode_ == Mode::Off;
            output_.set_loudspeaker(mode_ == Mode::On);
            has_seen_ = false;
            wants_focus_ = mode_ == Mode::On;
            return mode_ == Mode::On || is_for_listening(key);
        case Mode::On:
            break;
    }
    return take_while_on(key, now);
}

bool Narrator::take_while_on(PadKey key, Milliseconds now) {
    if (is_explaining_) {
        is_explaining_ = key != PadKey::Help;
        output_.hush();
        say("keys",
            is_explaining_ ? worder_.of_key(key, seen_.language)
                           : Wording{worder_.text("speech.keys.end", seen_.language)},
            now);
        return true;
    }
    if (is_for_listening(key)) return take_for_listening(key, now), true;
    output_.hush();
    reads_on_ = false;
    if (key != PadKey::Help) {
        pressed_ = key;
        return false;
    }
    is_explaining_ = true;
    Wording wording;
    if (const Node* here = focused()) wording = worder_.help(*here, seen_.language);
    wording.push_back(worder_.text("speech.keys", seen_.language));
    say("help", std::move(wording), now);
    return true;
}

void Narrator::take_for_listening(PadKey key, Milliseconds now) {
    switch (key) {
        case PadKey::Repeat:
            return output_.repeat(now);
        case PadKey::Pause:
            return output_.pause_or_resume(now);
        case PadKey::Louder:
        case PadKey::Quieter: {
            const int step = output_.change_volume(key == PadKey::Louder);
            reads_on_ = false;
            return say("volume",
                       {worder_.text("speech.volume", seen_.language, {std::to_string(step)})},
                       now);
        }
        case PadKey::Faster:
        case PadKey::Slower: {
            const int percent = output_.change_rate_percent(key == PadKey::Faster);
            reads_on_ = false;
            return say("rate",
                       {worder_.text("speech.rate", seen_.language, {std::to_string(percent)})},
                       now);
        }
        case PadKey::Curtain:
            wants_curtain_changed_ = true;
            return;
        default:
            return;
    }
}

void Narrator::end_with_visit() {
    mode_ = Mode::Off;
    is_declined_ = is_explaining_ = reads_on_ = wants_focus_ = wants_curtain_changed_ = false;
    pressed_.reset();
    seen_ = {};
    has_seen_ = false;
    output_.set_loudspeaker(false);
    output_.forget();
}

void Narrator::watch_headphones(Stage& stage, Now now) {
    const bool are_in = output_.are_headphones_in();
    // What was there before anybody came is no news.
    if (!std::exchange(has_followed_, true)) were_headphones_in_ = are_in;
    if (are_in == were_headphones_in_) return;
    were_headphones_in_ = are_in;
    if (are_in) {
        if (mode_ == Mode::On) return output_.set_loudspeaker(false);
        return welcome(false, now.monotonic);
    }
    if (mode_ != Mode::On) return;
    end_with_visit();
    if (!is_at_rest(stage.visit().screen)) stage.ask_who_is_there(now);
}

Narrator::Seen Narrator::seen_of(const Stage& stage) {
    Seen seen;
    seen.step = stage.visit().step;
    seen.language = stage.visit().settings.language;
    seen.focus = std::string(stage.focus().id());
    for (const Node& node : stage.nodes()) seen.nodes.emplace(node.id, node);
    return seen;
}

void Narrator::follow(Stage& stage, Now now) {
    const bool is_visiting = !is_at_rest(stage.visit().screen);
    if (was_visiting_ && !is_visiting) end_with_visit();
    was_visiting_ = is_visiting;
    watch_headphones(stage, now);
    const bool goes_on = output_.goes_on(now.monotonic);
    if (mode_ == Mode::Off || stage.staff().is_open()) return;
    if (std::exchange(wants_focus_, false)) stage.show_focus();
    if (mode_ == Mode::On) speak_of(stage, goes_on, now.monotonic);
    if (std::exchange(wants_curtain_changed_, false)) {
        stage.set_curtain(!stage.is_curtain_down());
        const bool is_down = stage.is_curtain_down();
        reads_on_ = false;
        say("curtain",
            {worder_.text(is_down ? "speech.curtain.down" : "speech.curtain.up", seen_.language)},
            now.monotonic);
    }
    if (goes_on && output_.is_speaking() && is_visiting) stage.hold_time(now);
}

void Narrator::touched(Milliseconds now) {
    if (mode_ == Mode::Off) return;
    output_.hush();
    reads_on_ = false;
    acted_ = now;
}

const Node* Narrator::focused() const {
    const auto here = seen_.nodes.find(seen_.focus);
    return here == seen_.nodes.end() ? nullptr : &here->second;
}

void Narrator::speak_of(Stage& stage, bool goes_on, Milliseconds now) {
    const auto pressed = std::exchange(pressed_, std::nullopt);
    if (pressed) acted_ = now;
    // The welcome is heard to its end; then comes the screen.
    if (!has_seen_ && output_.is_speaking()) {
        seen_.language = stage.visit().settings.language;
        return;
    }
    const Seen before = std::exchange(seen_, seen_of(stage));
    const bool is_first = !std::exchange(has_seen_, true);
    if (is_first || seen_.step != before.step || seen_.language != before.language)
        return say_screen(stage, now);
    if (seen_.focus != before.focus) return say_focus(stage, now);
    if (pressed && say_edge(stage, *pressed, now)) return;
    if (say_changes(stage, before, now)) {
        waits_for_change_ = false;
    } else if (waits_for_change_ && !pressed) {
        // It was done before.
        waits_for_change_ = false;
        if (const Node* here = focused())
            say("state", worder_.state_of(*here, seen_.language), now);
    } else {
        waits_for_change_ = pressed == PadKey::Enter;
        if (!goes_on) read_on(stage);
    }
}

/// The key led nowhere.
bool Narrator::say_edge(const Stage& stage, PadKey pressed, Milliseconds now) {
    const Node* here = focused();
    if (!stage.focus().is_at_edge() || here == nullptr) return false;
    if (pressed == PadKey::Enter)
        say("edge", worder_.help(*here, seen_.language), now);
    else if (pressed == PadKey::Next || pressed == PadKey::Previous)
        say("edge",
            {worder_.text(pressed == PadKey::Next ? "speech.last" : "speech.first",
                          seen_.language)},
            now);
    return true;
}

void Narrator::say_screen(const Stage& stage, Milliseconds now) {
    if (!output_.speaks(seen_.language)) {
        Wording wording;
        for (const Language language : kWelcomes)
            if (output_.speaks(language))
                wording.push_back(worder_.text("speech.no-voice", language));
        reads_on_ = false;
        return say("no-voice", std::move(wording), now);
    }
    Wording wording;
    const Node* here = stage.focus().is_shown() ? focused() : nullptr;
    // Who goes by switches, or by touch, would not hear what stands before it.
    if (here == nullptr || !is_heading(*here))
        for (const Node& node : stage.nodes()) {
            const bool is_words = is_heading(node) || node.role == Role::Text;
            if (node.zone == Zone::Body && is_words && node.id != seen_.focus)
                append(wording, worder_.of_change({}, node, seen_.language));
        }
    if (here != nullptr) append(wording, worder_.of(*here, stage.focus(), seen_.language));
    reads_on_ = stage.focus().is_shown();
    say("screen", std::move(wording), now);
}

void Narrator::say_focus(const Stage& stage, Milliseconds now) {
    const Node* here = focused();
    if (here == nullptr || !output_.speaks(seen_.language)) return;
    say(seen_.focus, worder_.of(*here, stage.focus(), seen_.language), now);
}

/// A key of a board was pressed: its name, and what is written now where that did not just grow.
void Narrator::add_writing(Wording& answer, const Node& key, const Seen& before,
                           const Stage& stage) const {
    answer.push_back({key.name, seen_.language, true});
    for (const Node& node : stage.nodes()) {
        const auto old = before.nodes.find(node.id);
        if (!node.tells_answer || old == before.nodes.end() || !old->second.tells_answer) continue;
        if (!node.name.starts_with(old->second.name))
            append(answer, worder_.of_change(old->second, node, seen_.language));
    }
}

/// Of what was done, at once; of what came by itself, after what is being said.
bool Narrator::say_changes(const Stage& stage, const Seen& before, Milliseconds now) {
    if (is_at_rest(stage.visit().screen)) return false;
    const bool is_answer = acted_ && now - *acted_ < kAnswerComes;
    const Node* here = focused();
    const bool writes = here != nullptr && here->role == Role::Key;
    Wording answer, notice;
    bool has_changed = false;
    for (const Node& node : stage.nodes()) {
        const auto old = before.nodes.find(node.id);
        const bool is_new = old == before.nodes.end();
        if (is_new && node.role == Role::Text && !node.tells_answer)
            append(notice, worder_.of_change({}, node, seen_.language));
        else if (!is_new && is_answer && !is_the_same_to_hear(old->second, node)) {
            has_changed = true;
            if (!writes) append(answer, worder_.of_change(old->second, node, seen_.language));
        }
    }
    if (writes && has_changed) add_writing(answer, *here, before, stage);
    if (answer.empty() && notice.empty()) return false;
    if (!answer.empty()) append(answer, std::exchange(notice, {}));
    say("change", std::move(answer), now);
    say("notice", std::move(notice), now, Urgency::Notice);
    return true;
}

void Narrator::read_on(Stage& stage) {
    if (!reads_on_) return;
    if (!stage.focus().is_shown() || stage.focus().acts() ||
        stage.focus().place() == stage.focus().count()) {
        reads_on_ = false;
        return;
    }
    stage.move_focus_on();  // said when it has been seen
}

std::optional<Milliseconds> Narrator::next_due(Milliseconds now) const {
    if (output_.are_headphones_in() != were_headphones_in_) return now;
    if (mode_ == Mode::Off) return std::nullopt;
    return output_.is_speaking() || reads_on_ || wants_focus_ ? std::optional(now + kNextLook)
                                                              : std::nullopt;
}

}  // namespace machikoe
