// Ui: one frame of one screen: what is drawn, what can be touched, what was wished.
//
// A frame yields three things: an ImGui draw list, a list of semantic nodes in reading
// order (what a screen reader, a test or a switch user would go through), and at most one
// Event.  Nothing is remembered between frames but the press in progress and running
// animations, keyed by node id and dropped when the visit's step changes.
//
// A touch counts when it begins and ends inside the same node in the same step of the
// visit: what was put down on one screen never lands on the next.  A touch that follows
// a change of step within kSettle at the same place is the same finger once more (a double
// tap, a tremor) and does nothing.
//
// Sizes are given in units: u(1) is a 1080th of the shorter side of the screen.  What a norm
// gives in millimetres is taken in millimetres of the panel: touch targets are never smaller
// than 20 mm, and no text has capitals lower than least_cap_mm() of the resident's size.  A
// text is given a box and never leaves it: it becomes smaller down to that floor, and what
// does not fit even then is reported in faults(), on which tests fail.  Screens measure
// first, with measure(), and put onto further pages what would not fit.
#pragma once

#include <imgui.h>

#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "app/ui/paint.h"
#include "app/ui/text.h"
#include "app/ui/theme.h"
#include "app/visit/staff.h"
#include "app/visit/visit.h"
#include "app/writing/wish.h"

namespace machikoe {

/// Key: of a keyboard or a number pad.  Link: a word within a text that can be touched.
enum class Role {
    Button,
    Key,
    Toggle,
    Choice,
    Check,
    Link,
    Heading,
    Text,
    Image,
    Progress,
    Dialog
};

/// Where on the screen.  What a screen is about comes first, what is on every screen last.
enum class Zone { Body, Foot, Tools, Languages };

struct Node {
    std::string id;  // stable within the screen: "next", "option:agree"
    Role role = Role::Text;
    std::string name;   // as spoken: no ruby
    std::string value;  // "3 / 10", a rank, a number
    Rect bounds;        // physical px
    bool enabled = true;
    bool selected = false;
    /// Name or value is something that this resident answered: for their ears alone.  That an
    /// option is selected is so, too, and goes without saying.
    bool tells_answer = false;
    std::optional<Language> language;  // of the name, where it is not the resident's
    Zone zone = Zone::Body;            // as the ZoneScope that it was registered in
};

/// Can a finger or a key do anything with such a node, when it is enabled?
bool is_target(const Node& node);

struct PointerEvent {
    enum class Kind { Down, Move, Up, Cancel } kind = Kind::Move;
    float x = 0, y = 0;  // physical px
};

/// The kiosk's own input queue.  At most one button edge is taken per frame, with the
/// position it happened at, so that no tap is lost between two frames.
class InputQueue {
  public:
    void push(PointerEvent event) { events_.push_back(event); }
    bool empty() const { return events_.empty(); }
    std::vector<PointerEvent> take_frame();

  private:
    std::deque<PointerEvent> events_;
};

enum class VAlign { Top, Middle, Bottom };

/// How a text is set.  Sizes in units at the standard text size.
struct TextSpec {
    float size = 34;  // never below the floor of the resident's size; 0: that floor
    /// Where it is not the resident's choice: Standard for the header, the language bar and
    /// page numbers, which are the same on every screen and must leave room for the rest.
    std::optional<TextSize> text_size;
    Weight weight = Weight::Regular;
    Align align = Align::Left;
    VAlign valign = VAlign::Top;
    std::optional<ImU32> colour;       // the theme's ink
    std::optional<Language> language;  // of the text, where it is not the resident's
    bool balance = false;
    bool reserve_ruby = false;
    Role role = Role::Text;
    bool tells_answer = false;  // as Node
};
/// Runs of characters, counted without ruby, and where they came to stand.
struct TextSpans {
    struct Span {
        std::size_t begin = 0, end = 0;
        std::vector<Rect> parts;  // px, one for each line: the em boxes of the base characters
    };
    std::vector<Span> spans;
};
/// The four kinds of text that screens are made of.
TextSpec title_text();    // of a screen
TextSpec heading_text();  // of a card
TextSpec body_text();
TextSpec label_text();  // on a button, centred in its box

/// Everything outside that a frame depends on.
struct Frame {
    float width = 1080, height = 1920;  // physical px
    float mm_per_px = 0.2745f;          // of the panel; a 23.8" full HD one
    Settings settings;
    bool calm = false;  // nothing moves by itself: animations are at their end at once
    std::uint32_t step = 0;
    Milliseconds now{0};  // monotonic
    std::vector<PointerEvent> input;
    bool key = false;       // somebody pressed a key …
    std::string activated;  // … which does this node; "": none
    ImVec2 shift{0, 0};     // px by which the whole picture stands beside its place
};

inline constexpr float kTouch = 84;    // units
inline constexpr float kTouchMm = 20;  // on the panel

class Ui {
  public:
    static constexpr Milliseconds kSettle{300};

    explicit Ui(TextEngine& text) : text_(text) {}

    /// REQUIRES: between ImGui's begin_frame and end_frame, each once.
    void begin(const Frame& frame);
    void end();

    float u(float units) const { return units * unit_; }
    /// Millimetres on the panel in px, for what norms give a physical size.
    float mm(float millimetres) const { return millimetres / frame_.mm_per_px; }
    /// The least side of what is touched, in px: 84 units, and 20 mm on the panel.
    float touch() const;
    Rect screen() const { return {0, 0, frame_.width, frame_.height}; }
    bool portrait() const { return frame_.height > frame_.width; }
    bool calm() const { return frame_.calm; }
    const Theme& theme() const { return theme_of(frame_.settings.theme); }
    const Settings& settings() const { return frame_.settings; }
    ImDrawList& list() const { return *list_; }

    /// Draws the text into the box and registers a node, none if `id` is empty.  Returns the
    /// height used, in px.  `spans`, if given, learn their parts.
    float text(std::string_view id, const Rect& box, std::string_view markup,
               const TextSpec& spec = {}, TextSpans* spans = nullptr);
    /// What a text takes when set at full size, or at the smallest it may have.
    enum class At { Full, Floor };
    struct Extent {
        float width = 0, height = 0;  // px
        int lines = 0;
        bool broke_phrase = false, broke_word = false;
    };
    /// `width` in px; 0: one line.
    Extent measure(std::string_view markup, const TextSpec& spec, float width, At at = At::Full);
    /// Would text() set it without a fault?
    bool fits(std::string_view markup, const TextSpec& spec, float width, float height);
    /// Height in px at full size.
    float height_of(std::string_view markup, const TextSpec& spec, float width);
    /// Width in px of one line at full size.
    float width_of(std::string_view markup, const TextSpec& spec);
    /// `px` high.  A name that is no icon is a fault.
    void icon(std::string_view name, ImVec2 centre, float px, ImU32 colour);

    struct Press {
        bool clicked = false;
        float depth = 0;  // 0 at rest … 1 held down
    };
    /// Registers the node and makes it touchable while enabled, and doable by a key.
    Press press(Node node);
    /// Registers what cannot be touched.
    void describe(Node node);
    /// A whole touch outside of everything touchable has just ended.
    bool tapped_beside() const { return tapped_beside_ && !inert_; }

    /// Goes towards `target` in `seconds` from 0 to 1; is there on first sight, and where it is
    /// calm.
    float animate(std::string_view id, float target, float seconds);
    /// The first wish of a frame counts.
    void wish(Event event);
    void wish(StaffEvent event);
    void wish(WritingWish wish);
    /// Where fingers moved over the glass in this frame, for the touch test.
    std::vector<ImVec2> wiped() const;

    // After end():
    const std::optional<Event>& wished() const { return wish_; }
    const std::optional<StaffEvent>& wished_by_staff() const { return staff_wish_; }
    const std::optional<WritingWish>& wished_to_write() const { return writing_wish_; }
    /// In reading order (app/ui/reading_order.h).
    const std::vector<Node>& nodes() const { return nodes_; }
    /// "issue:title: does not fit": what a resident could not read.
    const std::vector<std::string>& faults() const { return faults_; }
    bool animating() const { return animating_; }
    /// Em size in px of the smallest text drawn, those with a size of their own apart; 0 without
    /// any.
    float smallest_text() const { return smallest_text_; }
    /// A finger came down or went up in this frame, or a key was pressed.
    bool was_touched() const { return down_ || up_ || frame_.key; }
    bool was_pressed() const { return frame_.key; }

  private:
    friend class InertScope;
    friend class ZoneScope;
    void keep(Node node);
    TextStyle style_of(const TextSpec& spec) const;
    float floor_of(const TextSpec& spec) const;
    void fault(std::string_view id, std::string_view reason);

    TextEngine& text_;
    Frame frame_;
    float unit_ = 1;
    ImDrawList* list_ = nullptr;
    std::vector<Node> nodes_;
    std::vector<std::string> faults_;
    std::optional<Event> wish_;
    std::optional<StaffEvent> staff_wish_;
    std::optional<WritingWish> writing_wish_;
    bool inert_ = false;
    Zone zone_ = Zone::Body;
    float smallest_text_ = 0;

    // The press in progress.
    bool down_ = false, up_ = false;  // in this frame
    ImVec2 pointer_{-1, -1};
    std::string held_;  // id of the node; "" beside every node
    bool touching_ = false, swallowed_ = false, tapped_beside_ = false;
    std::uint32_t touch_step_ = 0;
    ImVec2 last_up_{-1e6f, -1e6f};
    Milliseconds step_began_{-1'000'000};
    Milliseconds last_frame_{0};

    std::map<std::string, float, std::less<>> animations_;
    bool animating_ = false;
    float seconds_ = 0;
};

/// What is drawn in this scope is a picture only: no nodes, no touch, no wishes, no faults.
/// For the screen behind a dialog.
class InertScope {
  public:
    explicit InertScope(Ui& ui) : ui_(ui), before_(ui.inert_) { ui.inert_ = true; }
    ~InertScope() { ui_.inert_ = before_; }
    InertScope(const InertScope&) = delete;
    InertScope& operator=(const InertScope&) = delete;

  private:
    Ui& ui_;
    bool before_;
};

/// What is registered in this scope stands in that zone, whenever it is drawn.
class ZoneScope {
  public:
    ZoneScope(Ui& ui, Zone zone) : ui_(ui), before_(std::exchange(ui.zone_, zone)) {}
    ~ZoneScope() { ui_.zone_ = before_; }
    ZoneScope(const ZoneScope&) = delete;
    ZoneScope& operator=(const ZoneScope&) = delete;

  private:
    Ui& ui_;
    Zone before_;
};

}  // namespace machikoe
