#include "app/ui/ui.h"

#include <algorithm>
#include <cmath>

#include "app/ui/layout.h"
#include "app/ui/reading_order.h"

namespace machikoe {

bool is_target(const Node& node) {
    switch (node.role) {
        case Role::Button:
        case Role::Key:
        case Role::Toggle:
        case Role::Choice:
        case Role::Check:
        case Role::Link:
            return true;
        case Role::Heading:
        case Role::Text:
        case Role::Image:
        case Role::Progress:
        case Role::Dialog:
            return false;
    }
    return false;
}

std::vector<PointerEvent> InputQueue::take_frame() {
    std::vector<PointerEvent> taken;
    while (!events_.empty()) {
        taken.push_back(events_.front());
        events_.pop_front();
        if (taken.back().kind != PointerEvent::Kind::Move) break;
    }
    return taken;
}

std::vector<Rect> grid(const Rect& area, std::size_t count, std::size_t columns, float gap) {
    std::vector<Rect> cells;
    const std::size_t rows = (count + columns - 1) / columns;
    const float w = (area.w - gap * static_cast<float>(columns - 1)) / static_cast<float>(columns);
    const float h = (area.h - gap * static_cast<float>(rows - 1)) / static_cast<float>(rows);
    for (std::size_t i = 0; i < count; ++i) {
        const auto column = static_cast<float>(i % columns), row = static_cast<float>(i / columns);
        cells.push_back({area.x + column * (w + gap), area.y + row * (h + gap), w, h});
    }
    return cells;
}

TextSpec title_text() {
    return {.size = 58, .weight = Weight::Black, .balance = true, .role = Role::Heading};
}
TextSpec heading_text() {
    return {.size = 40, .weight = Weight::Bold, .balance = true, .role = Role::Heading};
}
TextSpec body_text() {
    return {.size = 34};
}
TextSpec label_text() {
    return {.size = 38, .weight = Weight::Bold, .align = Align::Centre, .valign = VAlign::Middle};
}

namespace {

/// The parts of each span, by the lines of the block.
void locate(TextSpans& spans, const TextBlock& block, ImVec2 origin, float px) {
    constexpr float kAscent = 0.88f;  // of the em box
    const float pitch = block.height / static_cast<float>(std::max(block.lines, 1));
    for (TextSpans::Span& span : spans.spans) {
        int line = -1;
        for (const TextBlock::Place& place : block.places) {
            if (place.end <= span.begin || place.first >= span.end) continue;
            const float x0 = origin.x + place.x0, x1 = origin.x + place.x1;
            if (place.line != line) {
                const float baseline =
                    origin.y + block.first_baseline + pitch * static_cast<float>(place.line);
                span.parts.push_back({x0, baseline - px * kAscent, 0, px});
                line = place.line;
            }
            span.parts.back().w = x1 - span.parts.back().x;
        }
    }
}

}  // namespace

void Ui::begin(const Frame& frame) {
    if (frame.step != frame_.step) {
        step_began_ = frame.now;
        animations_.clear();
    }
    seconds_ = std::clamp(static_cast<float>((frame.now - last_frame_).count()) / 1000, 0.f, 0.1f);
    last_frame_ = frame.now;
    frame_ = frame;
    unit_ = std::min(frame.width, frame.height) / 1080;
    list_ = ImGui::GetBackgroundDrawList();
    nodes_.clear();
    faults_.clear();
    wish_.reset();
    staff_wish_.reset();
    writing_wish_.reset();
    smallest_text_ = 0;
    down_ = up_ = tapped_beside_ = animating_ = false;

    for (const PointerEvent& event : frame.input) {
        pointer_ = {event.x - frame.shift.x, event.y - frame.shift.y};
        if (event.kind == PointerEvent::Kind::Cancel) touching_ = false;
        down_ |= event.kind == PointerEvent::Kind::Down;
        up_ |= event.kind == PointerEvent::Kind::Up;
    }
    if (down_) {
        const float reach = std::hypot(pointer_.x - last_up_.x, pointer_.y - last_up_.y);
        swallowed_ = frame.now - step_began_ < kSettle && reach < u(90);
        touching_ = true;
        held_.clear();
        touch_step_ = frame.step;
    }
    const bool whole = touching_ && !swallowed_ && touch_step_ == frame.step;
    tapped_beside_ = up_ && whole && held_.empty();
}

void Ui::end() {
    put_in_reading_order(nodes_);
    const ImVec2 shift = frame_.shift;
    if (shift.x != 0 || shift.y != 0) {
        for (ImDrawVert& vertex : list_->VtxBuffer) {
            vertex.pos.x += shift.x;
            vertex.pos.y += shift.y;
        }
        for (Node& node : nodes_) {
            node.bounds.x += shift.x;
            node.bounds.y += shift.y;
        }
    }
    if (!up_) return;
    last_up_ = pointer_;
    touching_ = false;
    held_.clear();
}

TextStyle Ui::style_of(const TextSpec& spec) const {
    TextStyle style;
    style.language = spec.language.value_or(frame_.settings.language);
    style.weight = spec.weight;
    const float scale = text_scale_of(spec.text_size.value_or(frame_.settings.text_size));
    style.px = std::max(floor_of(spec), std::round(u(spec.size) * scale));
    style.ruby = frame_.settings.ruby;
    style.reserve_ruby = spec.reserve_ruby && style.ruby && is_japanese(style.language);
    style.align = spec.align;
    style.balance = spec.balance;
    return style;
}

float Ui::floor_of(const TextSpec& spec) const {
    const TextSize size = spec.text_size.value_or(frame_.settings.text_size);
    return std::ceil(mm(least_cap_mm(size) / kCapOfEm));
}

float Ui::touch() const {
    return std::ceil(std::max(u(kTouch), mm(kTouchMm)));
}

float Ui::text(std::string_view id, const Rect& box, std::string_view markup, const TextSpec& spec,
               TextSpans* spans) {
    if (markup.empty()) return 0;
    TextStyle style = style_of(spec);
    style.locate = spans != nullptr;
    style.px = text_.fit(markup, style, box.w, box.h, floor_of(spec));
    if (!spec.text_size && (smallest_text_ == 0 || style.px < smallest_text_))
        smallest_text_ = style.px;
    const TextBlock& block = text_.layout(markup, style, box.w);
    if (block.height > box.h + 1 || block.width > box.w + 1 || block.cut || block.broke_word)
        fault(id.empty() ? markup : id, "does not fit");
    if (block.missing > 0) fault(id.empty() ? markup : id, "has no glyph for some characters");
    float y = box.y;
    if (spec.valign == VAlign::Middle) y += (box.h - block.height) / 2;
    if (spec.valign == VAlign::Bottom) y += box.h - block.height;
    text_.draw(*list_, block, {box.x, y}, spec.colour.value_or(theme().ink));
    if (spans != nullptr) locate(*spans, block, {box.x, y}, style.px);
    if (!id.empty()) {
        Node node{std::string(id), spec.role, without_ruby(markup), ""};
        node.bounds = {box.x, y, box.w, block.height};
        node.tells_answer = spec.tells_answer;
        node.language = spec.language;
        describe(std::move(node));
    }
    return block.height;
}

Ui::Extent Ui::measure(std::string_view markup, const TextSpec& spec, float width, At at) {
    if (markup.empty()) return {};
    TextStyle style = style_of(spec);
    if (at == At::Floor) style.px = floor_of(spec);
    const TextBlock& block = text_.layout(markup, style, width);
    return {block.width, block.height, block.lines, block.broke_phrase, block.broke_word};
}

bool Ui::fits(std::string_view markup, const TextSpec& spec, float width, float height) {
    const Extent least = measure(markup, spec, width, At::Floor);
    return least.width <= width + 1 && least.height <= height + 1 && !least.broke_word;
}

float Ui::height_of(std::string_view markup, const TextSpec& spec, float width) {
    return markup.empty() ? 0 : text_.layout(markup, style_of(spec), width).height;
}

float Ui::width_of(std::string_view markup, const TextSpec& spec) {
    return markup.empty() ? 0 : text_.layout(markup, style_of(spec), 0).width;
}

void Ui::icon(std::string_view name, ImVec2 centre, float px, ImU32 colour) {
    if (!text_.draw_icon(*list_, name, centre, px, colour)) fault(name, "is no icon");
}

Ui::Press Ui::press(Node node) {
    Press result;
    if (inert_) return result;
    if (node.enabled && touching_ && !swallowed_ && touch_step_ == frame_.step) {
        const bool inside = node.bounds.contains(pointer_);
        if (down_ && inside && held_.empty()) held_ = node.id;
        const bool held = inside && held_ == node.id;
        result.clicked = held && up_;
        result.depth = animate(node.id, held && !up_ ? 1.f : 0.f, 0.10f);
    } else {
        result.depth = animate(node.id, 0, 0.10f);
    }
    result.clicked |= node.enabled && !node.id.empty() && node.id == frame_.activated;
    keep(std::move(node));
    return result;
}

void Ui::describe(Node node) {
    if (!inert_) keep(std::move(node));
}

void Ui::keep(Node node) {
    node.zone = zone_;
    nodes_.push_back(std::move(node));
}

float Ui::animate(std::string_view id, float target, float seconds) {
    const auto found = animations_.try_emplace(std::string(id), target).first;
    const float step = seconds_ / seconds;
    float& value = found->second;
    if (frame_.calm) value = target;
    value = value < target ? std::min(target, value + step) : std::max(target, value - step);
    if (value != target) animating_ = true;
    return value;
}

void Ui::wish(Event event) {
    if (!inert_ && !wish_) wish_ = std::move(event);
}

void Ui::wish(StaffEvent event) {
    if (!inert_ && !staff_wish_) staff_wish_ = std::move(event);
}

void Ui::wish(WritingWish wish) {
    if (!inert_ && !writing_wish_) writing_wish_ = std::move(wish);
}

std::vector<ImVec2> Ui::wiped() const {
    std::vector<ImVec2> places;
    if (touching_ || up_)
        for (const PointerEvent& event : frame_.input) places.push_back({event.x, event.y});
    return places;
}

void Ui::fault(std::string_view id, std::string_view reason) {
    if (!inert_) faults_.push_back(std::string(id) + ": " + std::string(reason));
}

}  // namespace machikoe
