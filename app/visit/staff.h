// Staff: the staff mode of a kiosk, from the hidden gesture to "close".
//
// A pure state machine like the visit: next_staff(staff, event, now) gives the next state and
// at most one order for whoever can touch the world (check a PIN, keep settings, export…), who
// answers with news.  It reads no clock, draws nothing, stores nothing, and keeps a typed PIN
// only until it has been handed over.
//
//   screen        event              next screen
//   -----------   ----------------   --------------------------------------------------
//   Closed        Open               NewPin when there is no PIN yet, else EnterPin
//   NewPin        Confirm            RepeatPin, with 6 to 12 digits
//   RepeatPin     Confirm            the PIN is handed out to be set; PinKept leads to Menu.
//                                    Not the same twice: NewPin
//   EnterPin      Confirm            the PIN is handed out to be checked; PinChecked leads to
//                                    Menu, or counts.  Locked: nothing until it is over
//   Menu          Go                 that screen
//   any other     Back               Menu; from Writing and EventList: EventForm; from the
//                                    touch and screen tests: Tests
//   Cleaning      60 s               Menu; no touch has a meaning before
//   everywhere    Close              Closed
//                 3 min untouched    Closed (Cleaning: 3 min after its end)
//
// What changes a setting hands out Keep with the new settings, and they count from the news
// Kept on.  Event, site and hours are changed in a draft first, which SaveDraft hands out.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "app/visit/kiosk_settings.h"

namespace machikoe {

inline constexpr Milliseconds kStaffIdle{180'000};
inline constexpr Milliseconds kCleaningLasts{60'000};
inline constexpr std::size_t kLeastPinDigits = 6, kMostPinDigits = 12;
inline constexpr std::size_t kMostNameLetters = 60;       // at most 180 bytes of the 200
inline constexpr int kTouchColumns = 9, kTouchRows = 16;  // of the touch test, upright
inline constexpr int kTestColours = 5;

enum class StaffScreen {
    Closed,
    NewPin,
    RepeatPin,
    EnterPin,
    Menu,
    EventForm,
    EventList,
    Writing,
    Switches,  // practice and pause
    Volume,
    Languages,
    Hours,
    Queue,
    Export,
    Tests,
    TouchTest,
    ScreenTest,
    Cleaning,
    Versions,
    Leave
};
std::string_view name_of(StaffScreen screen);  // "closed", "new-pin", …

enum class SelfTest { Sound, Disk, Clock, Network };
inline constexpr std::size_t kSelfTests = 4;

enum class PinNotice { None, Wrong, WrongLength, Different, NotKept, Damaged };
enum class Kept { Nothing, Yes, No };
enum class WritingFor { EventName, SiteName };

/// Why nothing reaches the server, as staff can act on it.
enum class Trouble { None, NotEnrolled, NoReply, Refused, NotUnderstood, OwnDisk };

struct QueueNews {
    std::int64_t waiting = 0, stuck = 0;
    std::optional<Milliseconds> oldest, last_receipt;  // wall
    Trouble trouble = Trouble::None;
    bool operator==(const QueueNews&) const = default;
};

enum class ExportResult { Done, NothingWaits, NoStick, ReadOnly, Full, Failed };
struct ExportNews {
    ExportResult result = ExportResult::Done;
    std::int64_t count = 0;
    std::string file;
    bool operator==(const ExportNews&) const = default;
};

enum class TestResult { Good, Bad, Doubtful, NoDevice, NotReached, NotEnrolled };
struct TestNews {
    SelfTest test = SelfTest::Disk;
    TestResult result = TestResult::Good;
    std::int64_t value = 0;  // Disk: MB free; Clock: seconds off; Network: ms
    bool operator==(const TestNews&) const = default;
};

/// What never changes while the program runs.
struct StaffFacts {
    std::string version, kiosk, server, site;  // server "": not enrolled
    std::vector<Language> languages;           // of the pack
    bool operator==(const StaffFacts&) const = default;
};

namespace staff_event {
struct Open {
    Settings settings;
};  // the gesture was made
struct Digit {
    int digit;
};
struct EraseDigit {};
struct Confirm {};
struct Go {
    StaffScreen screen;
};
struct Back {};
struct Close {};
struct Look {
    Settings settings;
};  // language, ruby, size, theme
struct ShowOverlay {
    Overlay overlay;
};  // Display, Languages, or None again
struct TurnPage {
    int page;
};
struct Write {
    WritingFor what;
};
struct SetText {
    std::string text;
};
struct KeepText {};
struct ChooseEvent {
    EventPlan event;
};
struct ShiftFrom {
    int days;
};
struct ShiftTo {
    int days;
};
struct SetUniverse {
    Universe universe;
};
struct EndEvent {};
struct SaveDraft {};
struct SetPractice {
    bool on;
};
struct SetPaused {
    bool on;
};
struct SetVolume {
    int percent;
};
struct OfferLanguage {
    Language language;
    bool on;
};
struct KeepHours {
    bool on;
};
struct ChooseWeekday {
    int weekday;
};
struct SetHours {
    DayHours hours;
};
struct CopyHours {};  // to every weekday
struct SyncNow {};
struct ExportTo {
    std::string folder;
};
struct Run {
    SelfTest test;
};
struct Wipe {
    std::set<int> cells;
};
struct NextColour {};
struct LeaveProgram {};
struct Touched {};
struct Tick {};

// News from those who carry orders out.
struct Begun {
    bool has_pin = false;
    bool settings_were_damaged = false;
    KioskSettings settings;
    StaffFacts facts;
};
struct PinKept {
    bool done;
};
enum class PinVerdict { Right, Wrong, Damaged };
struct PinChecked {
    PinVerdict verdict;
    Milliseconds locked_for{0};
};
struct WasKept {
    bool done;
    KioskSettings settings;
};
struct Queue {
    QueueNews news;
};
struct Sticks {
    std::vector<std::string> folders;
};
struct Events {
    std::vector<EventPlan> events;
    bool are_damaged = false;
};
struct Exported {
    ExportNews news;
};
struct Tested {
    TestNews news;
};
}  // namespace staff_event

using StaffEvent = std::variant<
    staff_event::Open, staff_event::Digit, staff_event::EraseDigit, staff_event::Confirm,
    staff_event::Go, staff_event::Back, staff_event::Close, staff_event::Look,
    staff_event::ShowOverlay, staff_event::TurnPage, staff_event::Write, staff_event::SetText,
    staff_event::KeepText, staff_event::ChooseEvent, staff_event::ShiftFrom, staff_event::ShiftTo,
    staff_event::SetUniverse, staff_event::EndEvent, staff_event::SaveDraft,
    staff_event::SetPractice, staff_event::SetPaused, staff_event::SetVolume,
    staff_event::OfferLanguage, staff_event::KeepHours, staff_event::ChooseWeekday,
    staff_event::SetHours, staff_event::CopyHours, staff_event::SyncNow, staff_event::ExportTo,
    staff_event::Run, staff_event::Wipe, staff_event::NextColour, staff_event::LeaveProgram,
    staff_event::Touched, staff_event::Tick, staff_event::Begun, staff_event::PinKept,
    staff_event::PinChecked, staff_event::WasKept, staff_event::Queue, staff_event::Sticks,
    staff_event::Events, staff_event::Exported, staff_event::Tested>;

namespace staff_order {
struct SetPin {
    std::string pin;
};
struct CheckPin {
    std::string pin;
};
struct Keep {
    KioskSettings settings;
};
struct SyncNow {};
struct LookForSticks {};
struct LookForEvents {};
struct ExportTo {
    std::string folder;
};
struct Run {
    SelfTest test;
};
struct Leave {};
}  // namespace staff_order

using StaffOrder =
    std::variant<staff_order::SetPin, staff_order::CheckPin, staff_order::Keep,
                 staff_order::SyncNow, staff_order::LookForSticks, staff_order::LookForEvents,
                 staff_order::ExportTo, staff_order::Run, staff_order::Leave>;

struct Staff {
    StaffScreen screen = StaffScreen::Closed;
    Settings settings;
    Overlay overlay = Overlay::None;  // Display or Languages of the header
    int page = 0;
    std::uint32_t step = 0;                  // as Visit::step
    Milliseconds last_input{0}, entered{0};  // monotonic
    bool busy = false;                       // an order is being carried out
    std::string typed, first_pin;            // PINs, while they are typed
    PinNotice notice = PinNotice::None;
    bool has_pin = false;
    Milliseconds locked_until{0};  // monotonic
    KioskSettings kept;            // as on disk
    KioskSettings draft;
    Kept was_kept = Kept::Nothing;  // the last attempt on this screen
    bool settings_were_damaged = false;
    WritingFor writing = WritingFor::EventName;
    std::string text;
    int weekday = 0;
    std::set<int> wiped;
    int colour = 0;
    StaffFacts facts;
    QueueNews queue;
    std::vector<std::string> sticks;
    std::vector<EventPlan> events;
    bool events_are_damaged = false;
    std::optional<ExportNews> exported;
    std::array<std::optional<TestNews>, kSelfTests> tests;

    bool operator==(const Staff&) const = default;
};

struct NextStaff {
    Staff staff;
    std::optional<StaffOrder> order;
};
NextStaff next_staff(const Staff& staff, const StaffEvent& event, Now now);

/// When, by the monotonic clock, something on the screen changes by itself.
std::optional<Milliseconds> next_deadline(const Staff& staff, Now now);
/// Seconds until the PIN may be tried again; 0: now.
int locked_seconds_left(const Staff& staff, Now now);
int cleaning_seconds_left(const Staff& staff, Now now);

/// Of the draft: a name, and days in order.
bool may_save_event(const Staff& staff);

/// How long the PIN stays locked after so many wrong ones in a row: nothing for the first two,
/// then 30 s, doubling, one hour at most.
Milliseconds pin_lock_after(int failures);

}  // namespace machikoe
