// HeadphoneJack: pipes that stand for input devices.
#include "app/speech/headphone_jack.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <linux/input.h>
#include <sys/fsuid.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <set>
#include <thread>

#include "app/speech/jack_watch.h"
#include "tests/speech/hearing.h"

namespace machikoe {
namespace {

constexpr Milliseconds kNoTime{0}, kSoon{2'000};

/// What a test says of every device: pipes know nothing of themselves.
struct ToldQueries final : InputQueries {
    bool switch_exists = true, is_on = false, is_down = false;
    std::set<int> keys;

    bool has_headphone_switch(int) const override { return switch_exists; }
    bool is_headphone_switch_on(int) const override { return is_on; }
    bool has_key(int, int code) const override { return keys.contains(code); }
    bool is_key_down(int, int) const override { return is_down; }
};

class HeadphoneJackTest : public testing::Test {
  protected:
    HeadphoneJackTest() { settings_.folder = folder_.path(); }

    /// The kernel's end of a new device.
    OwnedDescriptor plug_in_device(const std::string& name) {
        const std::filesystem::path path = folder_ / name;
        EXPECT_EQ(::mkfifo(path.c_str(), 0600), 0);
        return OwnedDescriptor(::open(path.c_str(), O_RDWR | O_NONBLOCK));
    }

    static void send(const OwnedDescriptor& device, int type, int code, int value) {
        input_event event{};
        event.type = static_cast<__u16>(type);
        event.code = static_cast<__u16>(code);
        event.value = value;
        EXPECT_EQ(::write(device.get(), &event, sizeof event), static_cast<ssize_t>(sizeof event));
    }

    hearing::Folder folder_;
    JackSettings settings_;
    ToldQueries queries_;
};

TEST_F(HeadphoneJackTest, TheSwitchTellsInAndOut) {
    const OwnedDescriptor card = plug_in_device("event3");
    HeadphoneJack jack(settings_, queries_);
    ASSERT_TRUE(jack.status());
    EXPECT_FALSE(jack.is_plugged_in());
    send(card, EV_SW, SW_HEADPHONE_INSERT, 1);
    jack.wait(kSoon);
    EXPECT_TRUE(jack.is_plugged_in());
    send(card, EV_SW, SW_HEADPHONE_INSERT, 0);
    jack.wait(kSoon);
    EXPECT_FALSE(jack.is_plugged_in());
}

TEST_F(HeadphoneJackTest, HeadphonesFromBeforeTheStartAreSeen) {
    const OwnedDescriptor card = plug_in_device("event3");
    queries_.is_on = true;
    EXPECT_TRUE(HeadphoneJack(settings_, queries_).is_plugged_in());
}

TEST_F(HeadphoneJackTest, OtherEventsMeanNothing) {
    const OwnedDescriptor card = plug_in_device("event3");
    settings_.plugged_key = KEY_F13;
    HeadphoneJack jack(settings_, queries_);
    send(card, EV_SW, SW_MICROPHONE_INSERT, 1);
    send(card, EV_KEY, SW_HEADPHONE_INSERT, 1);
    send(card, EV_KEY, KEY_F13, 1);  // a device with a switch tells by its switch
    send(card, EV_SYN, SYN_REPORT, 0);
    jack.wait(kSoon);
    EXPECT_FALSE(jack.is_plugged_in());
}

TEST_F(HeadphoneJackTest, HalfAnEventIsNone) {
    const OwnedDescriptor card = plug_in_device("event3");
    HeadphoneJack jack(settings_, queries_);
    EXPECT_EQ(::write(card.get(), "\1\2\3", 3), 3);
    jack.wait(kSoon);
    EXPECT_FALSE(jack.is_plugged_in());
    EXPECT_TRUE(jack.status());
}

TEST_F(HeadphoneJackTest, LostEventsAreAskedFor) {
    const OwnedDescriptor card = plug_in_device("event3");
    HeadphoneJack jack(settings_, queries_);
    queries_.is_on = true;
    send(card, EV_SYN, SYN_DROPPED, 0);
    jack.wait(kSoon);
    EXPECT_TRUE(jack.is_plugged_in());
}

TEST_F(HeadphoneJackTest, OneOfTwoJacksIsEnough) {
    const OwnedDescriptor front = plug_in_device("event3"), back = plug_in_device("event4");
    HeadphoneJack jack(settings_, queries_);
    send(back, EV_SW, SW_HEADPHONE_INSERT, 1);
    jack.wait(kSoon);
    send(front, EV_SW, SW_HEADPHONE_INSERT, 1);
    jack.wait(kSoon);
    send(back, EV_SW, SW_HEADPHONE_INSERT, 0);
    jack.wait(kSoon);
    EXPECT_TRUE(jack.is_plugged_in());
}

TEST_F(HeadphoneJackTest, ADeviceMayComeLater) {
    HeadphoneJack jack(settings_, queries_);
    EXPECT_EQ(jack.status().error().code, ErrorCode::NotFound);
    const OwnedDescriptor card = plug_in_device("event5");
    jack.wait(kSoon);
    ASSERT_TRUE(jack.status());
    send(card, EV_SW, SW_HEADPHONE_INSERT, 1);
    jack.wait(kSoon);
    EXPECT_TRUE(jack.is_plugged_in());
}

TEST_F(HeadphoneJackTest, ADeviceThatVanishesTakesItsHeadphonesWithIt) {
    HeadphoneJack jack(settings_, queries_);
    {
        const OwnedDescriptor card = plug_in_device("event5");
        jack.wait(kSoon);
        send(card, EV_SW, SW_HEADPHONE_INSERT, 1);
        jack.wait(kSoon);
        EXPECT_TRUE(jack.is_plugged_in());
        std::filesystem::remove(folder_ / "event5");
    }
    jack.wait(kSoon);
    EXPECT_FALSE(jack.is_plugged_in());
    EXPECT_EQ(jack.status().error().code, ErrorCode::NotFound);
    // And comes back under the name that it had.
    const OwnedDescriptor card = plug_in_device("event5");
    queries_.is_on = true;
    jack.wait(kSoon);
    EXPECT_TRUE(jack.is_plugged_in());
}

TEST_F(HeadphoneJackTest, OnlyDevicesThatTellAreListenedTo) {
    queries_.switch_exists = false;
    const OwnedDescriptor mouse = plug_in_device("event0"), other = plug_in_device("mouse0");
    EXPECT_EQ(HeadphoneJack(settings_, queries_).status().error().code, ErrorCode::NotFound);
    queries_.switch_exists = true;
    std::filesystem::remove(folder_ / "event0");
    EXPECT_EQ(HeadphoneJack(settings_, queries_).status().error().code, ErrorCode::NotFound);
}

TEST_F(HeadphoneJackTest, AKeyMayStandForTheJack) {
    queries_.switch_exists = false;
    queries_.keys = {KEY_F13};
    settings_.plugged_key = KEY_F13;
    const OwnedDescriptor keypad = plug_in_device("event0");
    HeadphoneJack jack(settings_, queries_);
    ASSERT_TRUE(jack.status());
    send(keypad, EV_KEY, KEY_ENTER, 1);
    jack.wait(kSoon);
    EXPECT_FALSE(jack.is_plugged_in());
    send(keypad, EV_KEY, KEY_F13, 1);
    send(keypad, EV_KEY, KEY_F13, 2);  // held down
    jack.wait(kSoon);
    EXPECT_TRUE(jack.is_plugged_in());
    send(keypad, EV_KEY, KEY_F13, 0);
    jack.wait(kSoon);
    EXPECT_FALSE(jack.is_plugged_in());
    queries_.is_down = true;
    EXPECT_TRUE(HeadphoneJack(settings_, queries_).is_plugged_in());
}

TEST_F(HeadphoneJackTest, TwoKeysMayStandForInAndOut) {
    queries_.switch_exists = false;
    queries_.keys = {KEY_F13, KEY_F14};
    settings_.plugged_key = KEY_F13;
    settings_.unplugged_key = KEY_F14;
    const OwnedDescriptor keypad = plug_in_device("event0");
    HeadphoneJack jack(settings_, queries_);
    send(keypad, EV_KEY, KEY_F13, 1);
    send(keypad, EV_KEY, KEY_F13, 0);
    jack.wait(kSoon);
    EXPECT_TRUE(jack.is_plugged_in());
    send(keypad, EV_KEY, KEY_F14, 1);
    send(keypad, EV_KEY, KEY_F14, 0);
    jack.wait(kSoon);
    EXPECT_FALSE(jack.is_plugged_in());
}

TEST_F(HeadphoneJackTest, SettingsThatCannotBeMeantAreInvalid) {
    EXPECT_TRUE(check(JackSettings{}));
    const auto code_of = [](std::optional<int> plugged, std::optional<int> unplugged) {
        return check(JackSettings{"/dev/input", plugged, unplugged}).error().code;
    };
    EXPECT_EQ(code_of(0, {}), ErrorCode::Invalid);
    EXPECT_EQ(code_of(KEY_MAX + 1, {}), ErrorCode::Invalid);
    EXPECT_EQ(code_of({}, KEY_F14), ErrorCode::Invalid);
    EXPECT_EQ(code_of(KEY_F13, KEY_F13), ErrorCode::Invalid);
    EXPECT_EQ(code_of(KEY_F13, -1), ErrorCode::Invalid);
}

TEST_F(HeadphoneJackTest, AFolderThatIsNotThereIsNotFound) {
    settings_.folder = folder_ / "nothing";
    HeadphoneJack jack(settings_, queries_);
    EXPECT_EQ(jack.status().error().code, ErrorCode::NotFound);
    jack.wait(kNoTime);
    EXPECT_FALSE(jack.is_plugged_in());
}

/// As a user who owns nothing, on this thread.
struct AsNobody {
    AsNobody() {
        if (::geteuid() == 0) ::setfsuid(65'534);
    }
    ~AsNobody() { ::setfsuid(::geteuid()); }
};

TEST_F(HeadphoneJackTest, WhatMayNotBeReadIsToldToTheOperator) {
    const OwnedDescriptor card = plug_in_device("event3"), other = plug_in_device("event4");
    std::filesystem::permissions(folder_.path(), std::filesystem::perms{0755});
    for (const char* name : {"event3", "event4"})
        std::filesystem::permissions(folder_ / name, std::filesystem::perms::none);
    const AsNobody nobody;
    HeadphoneJack jack(settings_, queries_);
    ASSERT_FALSE(jack.status());
    EXPECT_EQ(jack.status().error().code, ErrorCode::Denied);
    const std::string message = jack.status().error().message;
    EXPECT_NE(message.find("event3"), std::string::npos) << message;
    EXPECT_NE(message.find("group \"input\""), std::string::npos) << message;
}

TEST_F(HeadphoneJackTest, ADeviceThatBecomesReadableIsTaken) {
    const OwnedDescriptor card = plug_in_device("event3");
    std::filesystem::permissions(folder_.path(), std::filesystem::perms{0755});
    std::filesystem::permissions(folder_ / "event3", std::filesystem::perms::none);
    std::optional<HeadphoneJack> jack;
    {
        const AsNobody nobody;
        jack.emplace(settings_, queries_);
    }
    ASSERT_FALSE(jack->status());
    std::filesystem::permissions(folder_ / "event3", std::filesystem::perms{0644});
    jack->wait(kSoon);
    EXPECT_TRUE(jack->status());
}

TEST_F(HeadphoneJackTest, APipeIsNoInputDeviceForTheKernel) {
    const OwnedDescriptor card = plug_in_device("event3");
    settings_.plugged_key = KEY_F13;
    EXPECT_EQ(HeadphoneJack(settings_).status().error().code, ErrorCode::NotFound);
}

TEST_F(HeadphoneJackTest, TheWatchTellsFromItsOwnThread) {
    const OwnedDescriptor card = plug_in_device("event3");
    std::atomic<int> ins{0}, outs{0};
    {
        JackWatch watch(
            settings_, [&](bool is_plugged_in) { ++(is_plugged_in ? ins : outs); }, queries_);
        EXPECT_EQ(outs, 1);
        EXPECT_TRUE(watch.status());
        send(card, EV_SW, SW_HEADPHONE_INSERT, 1);
        for (int i = 0; i < 1'000 && ins == 0; ++i) std::this_thread::sleep_for(Milliseconds{10});
        send(card, EV_SYN, SYN_REPORT, 0);  // no news
    }
    EXPECT_EQ(ins, 1);
    EXPECT_EQ(outs, 1);
}

}  // namespace
}  // namespace machikoe
