#include "app/visit/staff.h"

#include <algorithm>
#include <tuple>
#include <type_traits>

namespace machikoe {
namespace {

using enum StaffScreen;

bool is_pin_pad(StaffScreen screen) {
    return screen == NewPin || screen == RepeatPin || screen == EnterPin;
}

/// Only behind the PIN, and not while cleaning, do wishes mean anything.
bool is_inside(StaffScreen screen) {
    return screen != Closed && screen != Cleaning && !is_pin_pad(screen);
}

/// Takes a PIN out of the state; nothing of it stays behind in the memory that held it.
std::string taken(std::string& secret) {
    std::string pin = secret;
    std::fill(secret.begin(), secret.end(), '\0');
    secret.clear();
    return pin;
}

/// One event, carried out.  Each operator() is a row or two of the table in staff.h.
class StaffMachine {
  public:
    StaffMachine(Staff& staff, Now now) : s_(staff), now_(now) {}

    std::optional<StaffOrder> order;

    void operator()(const staff_event::Open& e) {
        if (s_.screen != Closed) return;
        s_.settings = e.settings;
        show(s_.has_pin ? EnterPin : NewPin);
    }
    void operator()(const staff_event::Digit& e) {
        if (!may_type() || s_.typed.size() >= kMostPinDigits || e.digit < 0 || e.digit > 9) return;
        s_.typed += static_cast<char>('0' + e.digit);
        s_.notice = PinNotice::None;
    }
    void operator()(const staff_event::EraseDigit&) {
        if (may_type() && !s_.typed.empty()) s_.typed.pop_back();
    }
    void operator()(const staff_event::Confirm&) {
        if (!may_type()) return;
        if (s_.typed.size() < kLeastPinDigits) {
            s_.notice = PinNotice::WrongLength;
        } else if (s_.screen == NewPin) {
            s_.first_pin = taken(s_.typed);
            show(RepeatPin);
        } else if (s_.screen == EnterPin) {
            demand(staff_order::CheckPin{taken(s_.typed)});
        } else if (s_.typed == s_.first_pin) {
            taken(s_.first_pin);
            demand(staff_order::SetPin{taken(s_.typed)});
        } else {
            show(NewPin);
            s_.notice = PinNotice::Different;
        }
    }
    void operator()(const staff_event::PinKept& e) {
        s_.busy = false;
        if (!e.done) {
            if (s_.screen == RepeatPin) show(NewPin);
            s_.notice = PinNotice::NotKept;
            return;
        }
        s_.has_pin = true;
        if (s_.screen == RepeatPin) show(Menu);
    }
    void operator()(const staff_event::PinChecked& e) {
        s_.busy = false;
        s_.locked_until = now_.monotonic + e.locked_for;
        if (s_.screen != EnterPin) return;
        if (e.verdict == staff_event::PinVerdict::Right) return show(Menu);
        s_.notice =
            e.verdict == staff_event::PinVerdict::Damaged ? PinNotice::Damaged : PinNotice::Wrong;
    }

    void operator()(const staff_event::Go& e) {
        // NewPin: the PIN is changed by whoever knows the old one.
        const bool leads_on = is_inside(e.screen) || e.screen == Cleaning || e.screen == NewPin;
        if (!inside() || !leads_on) return;
        s_.draft = s_.kept;
        show(e.screen);
        if (e.screen == EventForm && !s_.draft.event) begin_event();
        if (e.screen == TouchTest) s_.wiped.clear();
        if (e.screen == ScreenTest) s_.colour = 0;
        if (e.screen == Export) {
            s_.exported.reset();
            order = staff_order::LookForSticks{};
        }
        if (e.screen == EventForm) order = staff_order::LookForEvents{};
    }
    void operator()(const staff_event::Back&) {
        if (s_.screen == NewPin || s_.screen == RepeatPin) return show(s_.has_pin ? Menu : Closed);
        if (s_.screen == EnterPin) return show(Closed);
        if (!inside()) return;
        if (s_.screen == Writing || s_.screen == EventList) return show(EventForm);
        if (s_.screen == TouchTest || s_.screen == ScreenTest) return show(Tests);
        show(Menu);
    }
    void operator()(const staff_event::Close&) { show(Closed); }
    void operator()(const staff_event::Look& e) {
        if (s_.screen == Closed) return;
        if (s_.settings.language != e.settings.language) s_.overlay = Overlay::None;
        s_.settings = e.settings;
    }
    void operator()(const staff_event::ShowOverlay& e) {
        if (s_.screen != Closed) s_.overlay = e.overlay;
    }
    void operator()(const staff_event::TurnPage& e) {
        if (inside()) s_.page = std::max(0, e.page);
    }

    void operator()(const staff_event::Write& e) {
        if (s_.screen != EventForm) return;
        s_.writing = e.what;
        s_.text = e.what == WritingFor::EventName ? s_.draft.event->name : s_.draft.site;
        show(Writing);
    }
    void operator()(const staff_event::SetText& e) {
        if (s_.screen == Writing && (e.text.empty() || is_name(e.text))) s_.text = e.text;
    }
    void operator()(const staff_event::KeepText&) {
        if (s_.screen != Writing) return;
        (s_.writing == WritingFor::EventName ? s_.draft.event->name : s_.draft.site) = s_.text;
        show(EventForm);
    }
    void operator()(const staff_event::ChooseEvent& e) {
        if (s_.screen != EventList) return;
        s_.draft.event = e.event;
        show(EventForm);
    }
    void operator()(const staff_event::ShiftFrom& e) {
        if (!on_form()) return;
        EventPlan& event = *s_.draft.event;
        event.from = day_after(event.from, e.days);
        event.to = std::max(event.to, event.from);
    }
    void operator()(const staff_event::ShiftTo& e) {
        if (!on_form()) return;
        EventPlan& event = *s_.draft.event;
        event.to = std::max(event.from, day_after(event.to, e.days));
    }
    void operator()(const staff_event::SetUniverse& e) {
        if (on_form()) s_.draft.event->universe = e.universe;
    }
    void operator()(const staff_event::EndEvent&) {
        if (!on_form()) return;
        s_.draft = s_.kept;
        s_.draft.event.reset();
        keep(s_.draft);
    }
    void operator()(const staff_event::SaveDraft&) {
        if (s_.screen == Hours) keep(s_.draft);
        if (!on_form()) return;
        KioskSettings wanted = s_.draft;
        // Without a name only the site is kept: there is no event yet.
        if (wanted.event->name.empty()) wanted.event = s_.kept.event;
        keep(wanted);
    }

    void operator()(const staff_event::SetPractice& e) {
        change([&](KioskSettings& next) {
            next.practice_day = e.on ? today_in_japan(now_.wall) : std::string();
        });
    }
    void operator()(const staff_event::SetPaused& e) {
        change([&](KioskSettings& next) { next.paused = e.on; });
    }
    void operator()(const staff_event::SetVolume& e) {
        change([&](KioskSettings& next) { next.volume_percent = std::clamp(e.percent, 0, 100); });
    }
    void operator()(const staff_event::OfferLanguage& e) {
        if (e.language == Language::Ja) return;
        change([&](KioskSettings& next) {
            if (e.on)
                next.hidden.erase(e.language);
            else
                next.hidden.insert(e.language);
        });
    }
    void operator()(const staff_event::KeepHours& e) {
        if (s_.screen == Hours) s_.draft.keeps_hours = e.on;
    }
    void operator()(const staff_event::ChooseWeekday& e) {
        if (s_.screen == Hours) s_.weekday = std::clamp(e.weekday, 0, 6);
    }
    void operator()(const staff_event::SetHours& e) {
        if (s_.screen != Hours) return;
        KioskSettings wanted = s_.draft;
        wanted.hours[static_cast<std::size_t>(s_.weekday)] = e.hours;
        if (check_settings(wanted)) s_.draft = wanted;
    }
    void operator()(const staff_event::CopyHours&) {
        if (s_.screen == Hours)
            s_.draft.hours.fill(s_.draft.hours[static_cast<std::size_t>(s_.weekday)]);
    }

    void operator()(const staff_event::SyncNow&) {
        if (s_.screen == Queue) order = staff_order::SyncNow{};
    }
    void operator()(const staff_event::ExportTo& e) {
        if (s_.screen == Export) demand(staff_order::ExportTo{e.folder});
    }
    void operator()(const staff_event::Run& e) {
        if (s_.screen != Tests && s_.screen != Volume) return;
        demand(staff_order::Run{e.test});
    }
    void operator()(const staff_event::Wipe& e) {
        if (s_.screen == TouchTest) s_.wiped.insert(e.cells.begin(), e.cells.end());
    }
    void operator()(const staff_event::NextColour&) {
        if (s_.screen == ScreenTest && ++s_.colour >= kTestColours) show(Tests);
    }
    void operator()(const staff_event::LeaveProgram&) {
        if (s_.screen == Leave) order = staff_order::Leave{};
    }
    void operator()(const staff_event::Touched&) {}
    void operator()(const staff_event::Tick&) {}

    void operator()(const staff_event::Begun& e) {
        s_.has_pin = e.has_pin;
        s_.settings_were_damaged = e.settings_were_damaged;
        s_.kept = s_.draft = e.settings;
        s_.facts = e.facts;
    }
    void operator()(const staff_event::WasKept& e) {
        s_.busy = false;
        s_.was_kept = e.done ? Kept::Yes : Kept::No;
        if (!e.done) return;
        s_.kept = e.settings;
        s_.settings_were_damaged = false;
        if (s_.screen == EventForm) show(Menu);
    }
    void operator()(const staff_event::Queue& e) { s_.queue = e.news; }
    void operator()(const staff_event::Sticks& e) { s_.sticks = e.folders; }
    void operator()(const staff_event::Events& e) {
        s_.events = e.events;
        s_.events_are_damaged = e.are_damaged;
    }
    void operator()(const staff_event::Exported& e) {
        s_.busy = false;
        s_.exported = e.news;
    }
    void operator()(const staff_event::Tested& e) {
        s_.busy = false;
        s_.tests[static_cast<std::size_t>(e.news.test)] = e.news;
    }

  private:
    bool inside() const { return is_inside(s_.screen); }
    bool on_form() const { return s_.screen == EventForm && s_.draft.event; }
    bool may_type() const {
        const bool locked = s_.screen == EnterPin && now_.monotonic < s_.locked_until;
        return is_pin_pad(s_.screen) && !s_.busy && !locked;
    }
    void show(StaffScreen screen) {
        taken(s_.typed);
        if (screen != RepeatPin) taken(s_.first_pin);
        s_.screen = screen;
        s_.overlay = Overlay::None;
        s_.page = 0;
        s_.notice = PinNotice::None;
        s_.was_kept = Kept::Nothing;
        s_.entered = now_.monotonic;
    }
    void begin_event() {
        s_.draft.event.emplace();
        s_.draft.event->from = s_.draft.event->to = today_in_japan(now_.wall);
    }
    /// One at a time: an order under way is not asked for again.
    void demand(StaffOrder wanted) {
        if (s_.busy) return;
        s_.busy = true;
        order = std::move(wanted);
    }
    void keep(const KioskSettings& wanted) {
        if (check_settings(wanted)) demand(staff_order::Keep{wanted});
    }
    template <class Change>
    void change(Change make) {
        if (!inside()) return;
        KioskSettings wanted = s_.kept;
        make(wanted);
        keep(wanted);
    }

    Staff& s_;
    Now now_;
};

bool is_by_a_person(const StaffEvent& event) {
    constexpr std::size_t kFirstNews = 35;
    static_assert(
        std::is_same_v<std::variant_alternative_t<kFirstNews, StaffEvent>, staff_event::Begun>);
    return event.index() < kFirstNews && !std::holds_alternative<staff_event::Tick>(event);
}

/// Carries the event out and lets the step grow where another thing is to be seen.
std::optional<StaffOrder> apply(Staff& staff, const StaffEvent& event, Now now) {
    const auto surface =
        std::make_tuple(staff.screen, staff.overlay, staff.page, staff.colour, staff.weekday);
    StaffMachine machine(staff, now);
    std::visit(machine, event);
    if (surface !=
        std::make_tuple(staff.screen, staff.overlay, staff.page, staff.colour, staff.weekday))
        ++staff.step;
    return std::move(machine.order);
}

void let_time_pass(Staff& staff, Now now) {
    if (staff.screen == Cleaning && now.monotonic - staff.entered >= kCleaningLasts) {
        staff.last_input = staff.entered + kCleaningLasts;
        staff.screen = Menu;
        ++staff.step;
    }
    const bool is_left = staff.screen != Closed && staff.screen != Cleaning &&
                         now.monotonic - staff.last_input >= kStaffIdle;
    if (is_left) apply(staff, staff_event::Close{}, now);
}

int seconds_until(Milliseconds then, Now now) {
    const auto left = std::chrono::ceil<std::chrono::seconds>(then - now.monotonic).count();
    return std::max(0, static_cast<int>(left));
}

}  // namespace

std::string_view name_of(StaffScreen screen) {
    static constexpr std::string_view kNames[] = {
        "closed",  "new-pin",    "repeat-pin",  "enter-pin", "menu",     "event", "event-list",
        "writing", "switches",   "volume",      "languages", "hours",    "queue", "export",
        "tests",   "touch-test", "screen-test", "cleaning",  "versions", "leave"};
    return kNames[static_cast<std::size_t>(screen)];
}

NextStaff next_staff(const Staff& staff, const StaffEvent& event, Now now) {
    NextStaff after{staff, std::nullopt};
    let_time_pass(after.staff, now);
    if (is_by_a_person(event)) after.staff.last_input = now.monotonic;
    // A cloth on the glass means nothing.
    if (is_by_a_person(event) && after.staff.screen == Cleaning) return after;
    after.order = apply(after.staff, event, now);
    return after;
}

std::optional<Milliseconds> next_deadline(const Staff& staff, Now now) {
    if (staff.screen == Closed) return std::nullopt;
    const Milliseconds second = now.monotonic + std::chrono::seconds(1);
    if (staff.screen == Cleaning) return std::min(second, staff.entered + kCleaningLasts);
    const Milliseconds idle = staff.last_input + kStaffIdle;
    const bool counts = staff.screen == EnterPin && locked_seconds_left(staff, now) > 0;
    return counts ? std::min(second, idle) : idle;
}

int locked_seconds_left(const Staff& staff, Now now) {
    return seconds_until(staff.locked_until, now);
}

int cleaning_seconds_left(const Staff& staff, Now now) {
    return staff.screen == Cleaning ? seconds_until(staff.entered + kCleaningLasts, now) : 0;
}

bool may_save_event(const Staff& staff) {
    return staff.screen == EventForm && staff.draft.event && is_name(staff.draft.event->name);
}

Milliseconds pin_lock_after(int failures) {
    constexpr Milliseconds kFirst = std::chrono::seconds(30), kLongest = std::chrono::hours(1);
    if (failures < 3) return Milliseconds{0};
    Milliseconds lock = kFirst;
    for (int i = 3; i < failures && lock < kLongest; ++i) lock *= 2;
    return std::min(lock, kLongest);
}

}  // namespace machikoe
