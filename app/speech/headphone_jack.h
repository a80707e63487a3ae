// HeadphoneJack: whether headphones are plugged in, from the kernel's input devices.
//
// A sound card tells its jack as a switch (SW_HEADPHONE_INSERT); some keypads with a jack of their
// own tell it as a key, which a site names in its configuration.  All devices of the folder that
// can tell are listened to, and they are in if one says so.  Devices come and go: a folder is
// watched, and a device that vanishes takes its headphones with it.
//
// Other programs get the events, too; nothing is grabbed.  One thread at a time; see JackWatch.
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "app/base/clock.h"
#include "app/base/result.h"

struct input_event;

namespace machikoe {

struct JackSettings {
    std::filesystem::path folder = "/dev/input";
    /// Codes of linux/input-event-codes.h.  Down: plugged in.  Without unplugged_key its release is
    /// the unplugging; with it, a press of that one.
    std::optional<int> plugged_key;
    std::optional<int> unplugged_key;
};

/// Invalid: not codes of keys, the same twice, or the second without the first.
Status check(const JackSettings& settings);

/// What the kernel knows of an open device: ioctl, or a test's own.
class InputQueries {
  public:
    virtual ~InputQueries() = default;
    virtual bool has_headphone_switch(int device) const = 0;
    virtual bool is_headphone_switch_on(int device) const = 0;
    virtual bool has_key(int device, int code) const = 0;
    virtual bool is_key_down(int device, int code) const = 0;
};
const InputQueries& kernel_queries();

/// Closes what it holds.
class OwnedDescriptor {
  public:
    explicit OwnedDescriptor(int descriptor = -1) : descriptor_(descriptor) {}
    OwnedDescriptor(OwnedDescriptor&& other) noexcept;
    OwnedDescriptor& operator=(OwnedDescriptor&& other) noexcept;
    ~OwnedDescriptor();
    int get() const { return descriptor_; }

  private:
    int descriptor_;
};

class HeadphoneJack {
  public:
    /// Looks around at once.  REQUIRES: check(settings) is fine.
    explicit HeadphoneJack(JackSettings settings, const InputQueries& queries = kernel_queries());

    bool is_plugged_in() const;
    /// NotFound: no device tells of headphones.  Denied: some may not be read; the message says
    /// which, and what an operator does about it.
    Status status() const;

    /// Waits for news, or for `wake` to become readable (-1: nothing), or `at_most` (negative: for
    /// ever), and takes in all there is.
    void wait(Milliseconds at_most, int wake = -1);

  private:
    struct Device {
        OwnedDescriptor descriptor;
        bool has_switch = false;
        bool is_plugged_in = false;
    };
    void look_around();
    void try_device(const std::filesystem::path& path);
    bool state_of(const Device& device) const;
    /// False: the device has gone.
    bool read_device(Device& device) const;
    void take_in(Device& device, const input_event& event) const;

    JackSettings settings_;
    const InputQueries& queries_;
    OwnedDescriptor folder_news_;
    std::map<std::string, Device> devices_;  // by path
    std::vector<std::string> denied_;        // paths
};

}  // namespace machikoe
