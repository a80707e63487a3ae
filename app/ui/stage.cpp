#include "app/ui/stage.h"

#include <algorithm>
#include <random>

#include "app/base/crypto.h"
#include "app/ui/imgui_context.h"
#include "app/ui/rest.h"
#include "app/ui/screens/screens.h"

namespace machikoe {
namespace {

constexpr Milliseconds kFrame{16};
constexpr Milliseconds kSecond{1000};

}  // namespace

struct Stage::Data {
    Data(const Pack& a_pack, const Strings& a_strings, TextEngine& a_text, StageOptions an_options)
        : pack(a_pack),
          strings(a_strings),
          text(a_text),
          options(std::move(an_options)),
          imgui(options.width, options.height),
          ui(text),
          visit(visit_before_anybody(pack)) {
        if (options.seed) seeds.emplace(*options.seed);
        fresh_seed = draw_seed();
    }

    std::uint64_t draw_seed() { return seeds ? (*seeds)() : random_seed(); }

    void apply(const Event& event, Now now) {
        const bool nobody_was_there = is_at_rest(visit.screen);
        Next after = next(pack, options.place, visit, event, now, fresh_seed);
        // One for each visit, not for each event: how many frames a visit takes depends on
        // the machine.
        if (nobody_was_there && !is_at_rest(after.visit.screen)) fresh_seed = draw_seed();
        if (!(after.visit == visit)) changed = true;
        visit = std::move(after.visit);
        if (after.to_save) response = std::move(after.to_save);
    }

    const Pack& pack;
    const Strings& strings;
    TextEngine& text;
    StageOptions options;
    ImGuiContextScope imgui;
    Ui ui;
    InputQueue input;
    Visit visit;
    Shares neighbours;
    std::optional<Response> response;
    std::optional<std::mt19937_64> seeds;
    std::uint64_t fresh_seed = 0;  // of the next visit
    Milliseconds last_frame{0};
    bool changed = true;  // what was drawn is no longer what is
};

Stage::Stage(const Pack& pack, const Strings& strings, TextEngine& text, StageOptions options)
    : data_(std::make_unique<Data>(pack, strings, text, std::move(options))) {}

Stage::~Stage() = default;

InputQueue& Stage::input() {
    return data_->input;
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
    d.apply(event::Tick{}, now);
    d.changed = false;
    if (d.text.atlas_full()) d.text.rebuild_atlas();
    const float seconds = static_cast<float>((now.monotonic - d.last_frame).count()) / 1000;
    d.last_frame = now.monotonic;
    d.imgui.begin_frame(seconds);
    d.ui.begin({static_cast<float>(d.options.width), static_cast<float>(d.options.height),
                d.options.mm_per_px, d.visit.settings, d.options.calm, d.visit.step, now.monotonic,
                d.input.take_frame(),
                is_at_rest(d.visit.screen) ? shift_at(now.monotonic) : ImVec2(0, 0)});
    draw_visit(d.ui,
               {d.pack, d.strings, d.options.place, d.visit, now, d.neighbours});
    d.ui.end();
    d.imgui.end_frame();
    if (d.ui.wished())
        d.apply(*d.ui.wished(), now);
    else if (d.ui.was_touched() && d.visit.overlay != Overlay::StillThere)
        d.apply(event::Touched{}, now);
    else if (d.ui.tapped_beside())
        d.apply(event::Touched{}, now);
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
    if (d.changed || !d.input.empty() || d.text.atlas_full()) return now.monotonic;
    if (d.ui.animating()) return d.last_frame + kFrame;
    std::optional<Milliseconds> due = next_deadline(d.options.place, d.visit, now);
    // Counted from the last frame: what came due meanwhile has not been drawn yet.
    const auto rest = next_change_at_rest(d.visit, d.last_frame, d.options.calm);
    if (rest) due = due ? std::min(*due, *rest) : rest;
    if (d.visit.overlay == Overlay::StillThere) {  // the countdown
        const Milliseconds second = d.last_frame + kSecond;
        due = due ? std::min(*due, second) : second;
    }
    return due;
}

const Place& Stage::place() const {
    return data_->options.place;
}

void Stage::set_place(const Place& place) {
    data_->options.place = place;
    data_->changed = true;
}

void Stage::show(const Visit& visit) {
    data_->visit = visit;
    data_->changed = true;
}

}  // namespace machikoe
