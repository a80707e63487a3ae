// Stage: the visit, its screens and its input queue, without a window.
//
// main() puts a window and a GL backend behind it, tests and scripted residents put nothing.
// The stage decides when a frame is needed; whoever runs it decides when to draw pixels.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "app/survey/shares.h"
#include "app/ui/focus.h"
#include "app/ui/strings.h"
#include "app/ui/ui.h"
#include "app/visit/staff.h"
#include "app/visit/visit.h"
#include "app/writing/writing.h"

namespace machikoe {

struct StageOptions {
    int width = 1080, height = 1920;  // physical px
    float mm_per_px = 0.2745f;        // of the panel; a 23.8" full HD one
    Place place;
    /// Pixels are dear (drawn by the processor): nothing moves by itself, Attract keeps its slide.
    bool calm = false;
    /// The n-th visit then has the same option orders each time, however many frames it takes;
    /// for scripted residents and pictures.  nullopt: from the system's randomness.
    std::optional<std::uint64_t> seed;
    PadOptions pad;
    /// Without any, kana and letters of pinyin stay what they are, and the screen says so.
    WritingEngines writing = {};
};

class StaffDesk;
class Stage;

/// Who goes along with a stage: hears its keys first and sees each frame.
class StageCompanion {
  public:
    virtual ~StageCompanion() = default;
    /// True: the key was for the companion, the stage does nothing with it.
    virtual bool take(PadKey key, Milliseconds now) = 0;
    /// A finger came down on the glass or went up.
    virtual void touched(Milliseconds now) = 0;
    /// After each frame.
    virtual void follow(Stage& stage, Now now) = 0;
    /// When it wants to see the next one.
    virtual std::optional<Milliseconds> next_due(Milliseconds now) const = 0;
};

class Stage {
  public:
    /// REQUIRES: pack, strings and text outlive the stage.
    Stage(const Pack& pack, const Strings& strings, TextEngine& text, StageOptions options);
    ~Stage();

    InputQueue& input();
    /// A key of the keypad, or a switch.
    void press(PadKey key, Milliseconds now);
    /// Where somebody is who does not touch the glass.
    const Focus& focus() const;
    /// nullptr: nobody.  It must outlive the stage, or be taken away before.
    void set_companion(StageCompanion* companion);

    /// For a companion.  The focus is there without a key, or goes on by itself as by Next.
    void show_focus();
    void move_focus_on();
    /// No time limit has passed up to now, as while somebody is spoken to.
    void hold_time(Now now);
    /// As if nobody had done anything for long: is somebody still there?
    void ask_who_is_there(Now now);
    /// Nothing can be seen by bystanders, all else is as before; a finger on the glass lifts it,
    /// and so does the end of the visit.
    void set_curtain(bool is_down);
    bool is_curtain_down() const;

    void resize(int width, int height, float mm_per_px);

    /// Builds one frame: input → wish → next visit → draw list.  Never blocks, never draws
    /// pixels.  The draw data is ImGui::GetDrawData() until the next call.
    void frame(Now now);
    /// The finished response to be saved, once.  Answer with saved() or saving_failed().
    std::optional<Response> take_response();
    void saved(Now now);
    void saving_failed(Now now);

    /// What others answered so far; nobody's until it is told.
    void set_neighbours(Shares shares);

    const Visit& visit() const;
    const std::vector<Node>& nodes() const;
    const Node* find(std::string_view id) const;
    /// What a resident could not read in the last frame; see Ui::faults().
    const std::vector<std::string>& faults() const;

    /// See Ui::smallest_text().
    float smallest_text() const;

    /// When the next frame is due by itself (animation, deadline of the visit); nullopt: not
    /// before there is input.
    std::optional<Milliseconds> next_frame_due(Now now) const;

    /// The staff mode; after the gesture it has the glass until it is closed.
    StaffDesk& staff();
    const Place& place() const;
    /// REQUIRES: nobody is at the kiosk: what a resident answers belongs to one place.
    void set_place(const Place& place);

    /// For pictures and tests: puts a prepared visit on stage, and staff before it.
    void show(const Visit& visit);
    void show(const Visit& visit, const Staff& staff, const Place& place);
    /// As if it had been touched.  REQUIRES: a free-text question was shown.
    void write(const WritingWish& wish, Now now);

  private:
    struct Data;
    std::unique_ptr<Data> data_;
};

}  // namespace machikoe
