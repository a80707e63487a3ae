// Staff files: the settings of staff and the PIN, on the kiosk's disk.
//
// settings and pin are two files, replaced whole: a pulled plug leaves the old one or the
// new one.  The last line is the SHA-256 of what stands before it, so damage is seen and
// never guessed at.  Damaged settings are set aside under another name, nothing is lost, and the
// kiosk pauses until staff have looked: an answer under the wrong event is worse than none.
// A damaged PIN file lets nobody in; --staff-pin-file sets a new PIN.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "app/base/clock.h"
#include "app/base/result.h"
#include "app/visit/kiosk_settings.h"
#include "app/visit/staff.h"

namespace machikoe {

std::string encode_settings(const KioskSettings& settings);
/// Corrupt: damaged, or of a newer program.
Result<KioskSettings> decode_settings(std::string_view bytes);

struct LoadedSettings {
    KioskSettings settings;
    bool were_damaged = false;
};
/// What the folder holds; all defaults where it holds nothing.  After damage: paused, and the
/// file is beside it as settings.damaged-NUMBER.
LoadedSettings load_settings(const std::filesystem::path& folder);
Status keep_settings(const std::filesystem::path& folder, const KioskSettings& settings);

/// The PIN and how often it was typed wrong.  A try is written down before it is made, so that
/// pulling the plug gains nothing.
class PinFile {
  public:
    explicit PinFile(std::filesystem::path folder);

    bool has_pin() const { return state_.has_value() || is_damaged_; }
    bool is_damaged() const { return is_damaged_; }
    /// What is left of a lock-out at start-up: by the calendar, because nothing else goes on
    /// while the machine is off; but never longer than it was set for, should the calendar
    /// have jumped back.
    Milliseconds locked_for(Milliseconds wall) const;
    Status set(const std::string& pin);
    staff_event::PinChecked check(const std::string& pin, Milliseconds wall);

  private:
    struct State {
        std::string hash;
        int failures = 0;
        Milliseconds locked_until{0};  // wall
    };
    Status keep(const State& state);

    std::filesystem::path path_;
    std::optional<State> state_;
    bool is_damaged_ = false;
};

}  // namespace machikoe
