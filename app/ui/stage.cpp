#include "app/ui/stage.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <random>

#include "app/base/crypto.h"
#include "app/ui/imgui_context.h"
#include "app/ui/pad.h"
#include "app/ui/rest.h"
#include "app/ui/screens/screens.h"
#include "app/ui/staff_desk.h"
#include "app/ui/writing_desk.h"

namespace machikoe {
namespace {

constexpr Milliseconds kFrame{16};
constexpr Milliseconds kSecond{1000};

/// What is being composed ends: the resident goes elsewhere.
bool leads_away(const Event& event) {
    return std::holds_alternative<event::Next>(event) ||
           std::holds_alternative<event::Back>(event) ||
           std::holds_alternative<event::Skip>(event) ||
           std::holds_alternative<event::Finish>(event) ||
           std::holds_alternative<event::TurnPage>(event) ||
           std::holds_alternative<event::SetLanguage>(event);
}

}  // namespace

struct Stage::Data {
    Data(const Pack& a_pack, const Strings& a_strings, TextEngine& a_text, StageOptions an_options)
        : pack(a_pack),
          strings(a_strings),
          text(a_text),
          options(std::move(an_options)),
          imgui(options.width, options.height),
          ui(text),
          pad(options.pad),
          visit(visit_before_anybody(pack)),
          writing(options.writing) {
        if (options.seed) seeds.emplace(*options.seed);
        fresh_seed = draw_seed();
    }

    std::uint64_t draw_seed() { return seeds ? (*seeds)() : random_seed(); }

    /// Staff may come when nobody's answers would be lost; after a failed saving they wait in
    /// the visit, which stays as it is.
    void let_staff_in(const std::vector<PointerEvent>& fingers, Now now) {
        const bool failed = visit.screen == Screen::SaveFailed;
        const bool may = failed || is_at_rest(visit.screen);
        const Rect screen{0, 0, static_cast<float>(options.width),
                          static_cast<float>(options.height)};
        Settings settings = visit_before_anybody(pack).settings;
        if (!desk.watch(fingers, screen, may, settings, now)) return;
        // The taps into the corners may have begun a visit without a single answer.
        if (visit.screen != Screen::SaveFailed) apply(event::Quit{}, now);
    }
    bool shows_pause() const { return desk.is_paused() && is_at_rest(visit.screen); }

    /// px at the foot of the glass; the screens have that much less.
    float banner_height() const {
        const float unit = static_cast<float>(std::min(options.width, options.height)) / 1080;
        // 10 mm: a line of the standard size, whatever the panel's dots are.
        const float line = std::max(36 * unit, 10 / options.mm_per_px);
        return std::round(static_cast<float>(banner_lines(options.place)) * line);
    }

    void draw(Now now) {
        const float below = banner_height();
        const Visit seen = desk.is_open() ? desk.as_visit(visit) : visit;
        const View around{pack, strings, options.place, seen, now, neighbours};
        const Rect all = ui.screen();
        draw_screen(now);
        draw_banner(ui, around, {0, all.h, all.w, below});
    }

    void draw_screen(Now now) {
        std::optional<WritingView> written;
        if (writing.is_writing()) written = writing.view();
        if (desk.is_open()) {
            const Visit seen = desk.as_visit(visit);
            const View view{pack, strings, options.place, seen, now, neighbours};
            draw_staff(ui, {view, desk.staff(), now});
        } else if (shows_pause()) {
            draw_paused(ui, {pack, strings, options.place, visit, now, neighbours});
        } else {
            draw_visit(ui, {pack, strings, options.place, visit, now, neighbours,
                            written ? &*written : nullptr});
        }
    }

    /// What cannot be seen must not be touched: a finger only lifts the curtain.
    void lift_curtain(std::vector<PointerEvent>& fingers, Now now) {
        if (!is_curtain_down || fingers.empty()) return;
        if (fingers.back().kind == PointerEvent::Kind::Up) is_curtain_down = false;
        fingers.clear();
        apply(event::Touched{}, now);
    }

    /// Over everything but the banner of an event.
    void draw_curtain() {
        TextSpec words = body_text();
        words.align = Align::Centre;
        words.valign = VAlign::Middle;
        words.colour = rgb(0xFFFFFF);
        fill_rounded(ui.list(), ui.screen(), rgb(0x000000), 0);
        ui.text("", ui.screen().inset(ui.u(120)),
                strings.get("speech.curtain.words", visit.settings.language), words);
    }

    void take_wishes(Now now) {
        if (desk.is_open()) return desk.take(ui, now);
        if (shows_pause()) return;
        if (ui.wished_to_write() && writing.is_writing())
            write(*ui.wished_to_write(), now);
        else if (ui.wished())
            take_wish(*ui.wished(), now);
        else if (ui.was_touched() && visit.overlay != Overlay::StillThere)
            apply(event::Touched{}, now);
        else if (ui.tapped_beside() || ui.was_pressed())
            apply(event::Touched{}, now);
    }

    /// A key that writes nothing (shift) is told too: somebody is there.
    void write(const WritingWish& wish, Now now) {
        apply(event::SetText{writing.take(wish)}, now);
        changed = true;
    }

    void take_wish(const Event& event, Now now) {
        if (writing.is_writing() && leads_away(event)) apply(event::SetText{writing.finish()}, now);
        apply(event, now);
    }

    void apply(const Event& event, Now now) {
        const bool nobody_was_there = is_at_rest(visit.screen);
        Next after = next(pack, options.place, visit, event, now, fresh_seed);
        // One for each visit, not for each event: how many frames a visit takes depends on
        // the machine.
        if (nobody_was_there && !is_at_rest(after.visit.screen)) fresh_seed = draw_seed();
        if (!(after.visit == visit)) changed = true;
        // The next person begins like the first one.
        if (!nobody_was_there && is_at_rest(after.visit.screen)) {
            pad.focus().hide();
            is_curtain_down = false;
        }
        visit = std::move(after.visit);
        if (after.to_save) response = std::move(after.to_save);
        writing.follow(pack, visit);
    }

    const Pack& pack;
    const Strings& strings;
    TextEngine& text;
    StageOptions options;
    ImGuiContextScope imgui;
    Ui ui;
    InputQueue input;
    Pad pad;
    Visit visit;
    WritingDesk writing;
    Shares neighbours;
    StaffDesk desk;
    std::optional<Response> response;
    std::optional<std::mt19937_64> seeds;
    std::uint64_t fresh_seed = 0;  // of the next visit
    Milliseconds last_frame{0};
    bool changed = true;  // what was drawn is no longer what is
    StageCompanion* companion = nullptr;
    bool is_curtain_down = false;
};

Stage::Stage(const Pack& pack, const Strings& strings, TextEngine& text, StageOptions options)
    : data_(std::make_unique<Data>(pack, strings, text, std::move(options))) {}

Stage::~Stage() = default;

InputQueue& Stage::input() {
    return data_->input;
}

void Stage::press(PadKey key, Milliseconds now) {
    Data& d = *data_;
    if (!d.pad.is_meant(key, now)) return;
    d.changed = true;
    if (d.companion == nullptr || !d.companion->take(key, now)) d.pad.push(key);
}

const Focus& Stage::focus() const {
    return data_->pad.focus();
}

void Stage::set_companion(StageCompanion* companion) {
    data_->companion = companion;
}

void Stage::show_focus() {
    data_->pad.focus().show();
    data_->changed = true;
}

void Stage::move_focus_on() {
    data_->pad.focus().press(PadKey::Next);
    data_->changed = true;
}

void Stage::hold_time(Now now) {
    Visit& visit = data_->visit;
    const bool is_asked = visit.overlay == Overlay::StillThere;
    visit.last_input = now.monotonic - (is_asked ? kIdleBeforeWarning : Milliseconds{0});
}

void Stage::ask_who_is_there(Now now) {
    data_->visit.last_input = now.monotonic - kIdleBeforeWarning;
    data_->changed = true;
}

void Stage::set_curtain(bool is_down) {
    data_->is_curtain_down = is_down && !is_at_rest(data_->visit.screen);
    data_->changed = true;
}

bool Stage::is_curtain_down() const {
    return data_->is_curtain_down;
}

void Stage::resize(int width, int height, float mm_per_px) {
    data_->options.width = width;
    data_->options.height = height;
    data_->options.mm_per_px = mm_per_px;
    data_->imgui.resize(width, height);
    data_->changed = true;
}

void Stage::frame(Now now) {
    Data& d = *data_;
    // While staff are here no resident is waited for, and no answer is forgotten.
    if (d.desk.is_open()) d.visit.last_input = now.monotonic;
    d.desk.tell(staff_event::Tick{}, now);
    d.desk.take_changed();
    d.apply(event::Tick{}, now);
    d.changed = false;
    if (d.text.atlas_full()) d.text.rebuild_atlas();
    const float seconds = static_cast<float>((now.monotonic - d.last_frame).count()) / 1000;
    d.last_frame = now.monotonic;
    d.imgui.begin_frame(seconds);
    std::vector<PointerEvent> fingers = d.input.take_frame();
    if (!fingers.empty()) {
        d.pad.focus().hide();
        if (d.companion != nullptr) d.companion->touched(now.monotonic);
    }
    d.lift_curtain(fingers, now);
    d.let_staff_in(fingers, now);
    const Visit seen = d.desk.is_open() ? d.desk.as_visit(d.visit) : d.visit;
    auto [is_pressed, activated] = d.pad.take(now.monotonic);
    // What was in focus on one screen is never done on the next.
    if (d.pad.focus().step() != seen.step) activated.clear();
    d.ui.begin({static_cast<float>(d.options.width),
                static_cast<float>(d.options.height) - d.banner_height(), d.options.mm_per_px,
                seen.settings, d.options.calm, seen.step, now.monotonic, fingers, is_pressed,
                activated,
                is_at_rest(seen.screen) && d.banner_height() == 0 ? shift_at(now.monotonic)
                                                                  : ImVec2(0, 0)});
    d.draw(now);
    if (d.is_curtain_down) d.draw_curtain();
    d.ui.end();
    d.pad.focus().follow(d.ui.nodes(), seen.step);
    const Node* focused = d.pad.focus().is_shown() ? find(d.pad.focus().id()) : nullptr;
    if (focused != nullptr && !d.is_curtain_down) draw_ring(d.ui, focused->bounds);
    d.imgui.end_frame();
    // What is on the screen, before what was wished on it.
    if (d.companion != nullptr) d.companion->follow(*this, now);
    d.take_wishes(now);
}

std::optional<Response> Stage::take_response() {
    return std::exchange(data_->response, std::nullopt);
}

void Stage::saved(Now now) {
    data_->apply(event::Saved{}, now);
}

void Stage::saving_failed(Now now) {
    data_->apply(event::SavingFailed{}, now);
}

void Stage::set_neighbours(Shares shares) {
    if (shares == data_->neighbours) return;
    data_->neighbours = std::move(shares);
    data_->changed = true;
}

const Visit& Stage::visit() const {
    return data_->visit;
}

const std::vector<Node>& Stage::nodes() const {
    return data_->ui.nodes();
}

const Node* Stage::find(std::string_view id) const {
    const auto& all = nodes();
    const auto found =
        std::find_if(all.begin(), all.end(), [&](const Node& node) { return node.id == id; });
    return found == all.end() ? nullptr : &*found;
}

const std::vector<std::string>& Stage::faults() const {
    return data_->ui.faults();
}

float Stage::smallest_text() const {
    return data_->ui.smallest_text();
}

std::optional<Milliseconds> Stage::next_frame_due(Now now) const {
    const Data& d = *data_;
    if (d.changed || d.desk.has_changed() || !d.input.empty() || !d.pad.empty() ||
        d.text.atlas_full())
        return now.monotonic;
    if (d.ui.animating()) return d.last_frame + kFrame;
    if (d.desk.is_open()) return d.desk.next_due(now);
    std::optional<Milliseconds> due = next_deadline(d.options.place, d.visit, now);
    // Counted from the last frame: what came due meanwhile has not been drawn yet.
    const auto rest = next_change_at_rest(d.visit, d.last_frame, d.options.calm);
    if (rest) due = due ? std::min(*due, *rest) : rest;
    if (d.companion != nullptr)
        if (const auto next = d.companion->next_due(now.monotonic))
            due = due ? std::min(*due, *next) : next;
    if (const auto next = d.pad.next_due()) due = due ? std::min(*due, *next) : next;
    if (const auto look = d.writing.next_due(d.last_frame))
        due = due ? std::min(*due, *look) : look;
    if (d.visit.overlay == Overlay::StillThere) {  // the countdown
        const Milliseconds second = d.last_frame + kSecond;
        due = due ? std::min(*due, second) : second;
    }
    return due;
}

void Stage::show(const Visit& visit) {
    show(visit, data_->desk.staff(), data_->options.place);
}

void Stage::show(const Visit& visit, const Staff& staff, const Place& place) {
    data_->visit = visit;
    data_->writing.follow(data_->pack, visit);
    data_->desk.show(staff);
    data_->options.place = place;
    data_->changed = true;
}

void Stage::write(const WritingWish& wish, Now now) {
    data_->write(wish, now);
}

StaffDesk& Stage::staff() {
    return data_->desk;
}

const Place& Stage::place() const {
    return data_->options.place;
}

void Stage::set_place(const Place& place) {
    assert(is_at_rest(data_->visit.screen));
    if (place == data_->options.place) return;
    data_->options.place = place;
    data_->changed = true;
}

}  // namespace machikoe
