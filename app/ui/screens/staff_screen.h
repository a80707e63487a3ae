// Staff screens: the staff mode on the glass, and what residents see of it: the banner and
// "back soon".
//
// Like every screen, functions that draw what they are given.  They keep the rules of the
// residents' screens: targets, contrast, languages, text sizes, nodes.  Only the touch test, the
// colours and the cleaning fill the whole glass and have no language bar.
#pragma once

#include "app/ui/screens/page.h"
#include "app/visit/staff.h"

namespace machikoe {

struct StaffView {
    View page;  // its visit carries the settings and the page of staff
    const Staff& staff;
    Now now;

    std::string_view str(std::string_view key) const { return page.str(key); }
    std::string str(std::string_view key, std::initializer_list<std::string_view> values) const {
        return page.str(key, values);
    }
};

/// The screen of the staff mode.  REQUIRES: it is open.
void draw_staff(Ui& ui, const StaffView& view);
/// Instead of Attract while the kiosk is paused: "back soon" in every language.
void draw_paused(Ui& ui, const View& view);
/// Lines of the banner: one for an event, one for practice.
int banner_lines(const Place& place);
/// Below every screen, which has that much less room.
void draw_banner(Ui& ui, const View& view, Rect strip);

// The screens.
void draw_pin_pad(Ui& ui, const StaffView& view);
void draw_staff_menu(Ui& ui, const StaffView& view);
void draw_event_form(Ui& ui, const StaffView& view);
void draw_event_list(Ui& ui, const StaffView& view);
void draw_writing(Ui& ui, const StaffView& view);
void draw_switches(Ui& ui, const StaffView& view);
void draw_volume(Ui& ui, const StaffView& view);
void draw_language_set(Ui& ui, const StaffView& view);
void draw_hours(Ui& ui, const StaffView& view);
void draw_queue(Ui& ui, const StaffView& view);
void draw_export(Ui& ui, const StaffView& view);
void draw_tests(Ui& ui, const StaffView& view);
void draw_touch_test(Ui& ui, const StaffView& view);
void draw_screen_test(Ui& ui, const StaffView& view);
void draw_cleaning(Ui& ui, const StaffView& view);
void draw_versions(Ui& ui, const StaffView& view);
void draw_leave(Ui& ui, const StaffView& view);

// What they are put together from.

/// Ground, header, title, and "back" at the bottom.
struct StaffPage {
    Rect body;    // what is between
    Rect action;  // at the bottom on the right, for the button that does it
};
StaffPage draw_staff_page(Ui& ui, const StaffView& view, std::string_view title_key);
/// "label: value" in a card, one below the other.
struct Fact {
    std::string_view key;  // of the label
    std::string value;
};
void draw_facts(Ui& ui, const StaffView& view, Rect area, const std::vector<Fact>& facts);
/// The text with its ruby where there is room for it, else without.
std::string with_room(Ui& ui, const std::string& markup, const TextSpec& spec, const Rect& box);
/// "2022-11-03 14:05", in Japan.
std::string moment_of(Milliseconds wall);
/// "2022-11-03 (Thu)"
std::string date_of(const StaffView& view, std::string_view day);
std::string_view weekday_name(const StaffView& view, int weekday);
std::string_view universe_name(const View& view, Universe universe);

}  // namespace machikoe
