// What staff decided, on a real disk: cut at every length, changed at every byte, locked out over
// a restart, exported to a stick that is full, read-only or gone.
#include "app/staff_files.h"

#include <gtest/gtest.h>

#include "app/base/crypto.h"
#include "app/base/file.h"
#include "app/staff_checks.h"
#include "app/staff_export.h"
#include "sync/wire/bundle.h"

// libdbus, which SDL asks for an audio service, keeps a buffer for the life of the process.
extern "C" const char* __lsan_default_suppressions();
extern "C" const char* __lsan_default_suppressions() {
    return "leak:libdbus-1";
}

namespace machikoe {
namespace {

using namespace std::chrono_literals;
using staff_event::PinVerdict;
namespace fs = std::filesystem;

KioskSettings some_settings() {
    KioskSettings settings;
    settings.site = "えきまえ 広場";
    settings.event = EventPlan{"区民 まつり", "2022-11-03", "2022-11-04", Universe::Parent};
    settings.practice_day = "2022-11-03";
    settings.paused = true;
    settings.volume_percent = 30;
    settings.hidden = {Language::En, Language::JaEasy};
    settings.keeps_hours = true;
    settings.hours[6] = {false, 600, 1440};
    return settings;
}

class StaffFilesTest : public testing::Test {
  protected:
    StaffFilesTest() {
        crypto_ready();
        folder_ = fs::temp_directory_path() / ("machikoe-staff-" + random_hex(8));
        fs::create_directories(folder_);
    }
    ~StaffFilesTest() override { fs::remove_all(folder_); }
    std::string bytes_of(const std::string& name) { return load_file(folder_ / name).value(); }

    fs::path folder_;
    Milliseconds wall_{1'668'000'000'000};
};

TEST_F(StaffFilesTest, SettingsCutAtAnyLengthAreRefused) {
    const std::string bytes = encode_settings(some_settings());
    ASSERT_EQ(decode_settings(bytes).value(), some_settings());
    for (std::size_t length = 0; length < bytes.size(); ++length)
        ASSERT_FALSE(decode_settings(bytes.substr(0, length))) << length;
}

TEST_F(StaffFilesTest, SettingsChangedAtAnyByteAreRefused) {
    std::string bytes = encode_settings(some_settings());
    for (char& byte : bytes) {
        byte ^= 1;
        ASSERT_FALSE(decode_settings(bytes));
        byte ^= 1;
    }
}

TEST_F(StaffFilesTest, DamagedSettingsAreSetAsideAndTheKioskPauses) {
    for (int time = 1; time <= 2; ++time) {
        ASSERT_TRUE(replace_file(folder_ / "settings", "machikoe-settings 9\nfuture"));
        const LoadedSettings loaded = load_settings(folder_);
        EXPECT_TRUE(loaded.were_damaged);
        EXPECT_TRUE(loaded.settings.paused);
        EXPECT_FALSE(loaded.settings.event);
        EXPECT_EQ(bytes_of("settings.damaged-" + std::to_string(time)),
                  "machikoe-settings 9\nfuture");
    }
}

TEST_F(StaffFilesTest, SettingsAreThereAfterARestart) {
    EXPECT_EQ(load_settings(folder_).settings, KioskSettings{});
    ASSERT_TRUE(keep_settings(folder_, some_settings()));
    EXPECT_EQ(load_settings(folder_).settings, some_settings());
}

TEST_F(StaffFilesTest, WrongPinsAreCountedOverRestarts) {
    ASSERT_TRUE(PinFile(folder_).set("123456"));
    EXPECT_EQ(bytes_of("pin").find("123456"), std::string::npos);
    for (int failures = 1; failures <= 4; ++failures) {
        PinFile pin(folder_);
        const auto checked = pin.check("654321", wall_);
        EXPECT_EQ(checked.verdict, PinVerdict::Wrong);
        EXPECT_EQ(checked.locked_for, pin_lock_after(failures));
    }
    const PinFile later(folder_);
    EXPECT_EQ(later.locked_for(wall_ + 20s), 40s);
    EXPECT_EQ(later.locked_for(wall_ + 2min), 0s);
    EXPECT_EQ(later.locked_for(wall_ - 1000h), 60s);  // the calendar jumped back
    PinFile pin(folder_);
    EXPECT_EQ(pin.check("123456", wall_ + 2min).verdict, PinVerdict::Right);
    EXPECT_EQ(PinFile(folder_).locked_for(wall_), 0s);
    EXPECT_EQ(pin.check("654321", wall_).locked_for, 0s);  // counted from the beginning
}

TEST_F(StaffFilesTest, ADamagedPinFileLetsNobodyIn) {
    ASSERT_TRUE(PinFile(folder_).set("123456"));
    const std::string whole = bytes_of("pin");
    for (const std::string& damaged :
         {whole.substr(0, whole.size() / 2), std::string(), std::string("machikoe-pin 1\n")}) {
        ASSERT_TRUE(replace_file(folder_ / "pin", damaged));
        PinFile pin(folder_);
        EXPECT_TRUE(pin.has_pin());  // or the next who comes could choose one
        EXPECT_EQ(pin.check("123456", wall_).verdict, PinVerdict::Damaged);
    }
    PinFile pin(folder_);
    ASSERT_TRUE(pin.set("777777"));
    EXPECT_EQ(pin.check("777777", wall_).verdict, PinVerdict::Right);
}

class StaffExportTest : public StaffFilesTest {
  protected:
    StaffExportTest() {
        fs::create_directories(folder_ / "data");
        fs::create_directories(folder_ / "stick");
        outbox_.emplace(Outbox::open(folder_ / "data").value());
        keys_.emplace(KeyStore::open(folder_ / "data", "a long passphrase").value());
    }
    /// An opening, and so many sealed responses.
    void fill(int count) {
        ASSERT_TRUE(outbox_->append(std::vector<Payload>{{"opening", 0}}, wall_));
        for (int i = 0; i < count; ++i)
            ASSERT_TRUE(
                outbox_->append(std::vector<Payload>{{"answer " + std::to_string(i), 1}}, wall_));
    }
    BundleFile bundle() { return bundle_of(*outbox_, *keys_).value(); }
    std::optional<Outbox> outbox_;
    std::optional<KeyStore> keys_;
};

TEST_F(StaffExportTest, ABundleHoldsEverythingThatWaitsAndTakesNothingAway) {
    fill(250);
    const ExportNews news = write_bundle(bundle(), folder_ / "stick");
    EXPECT_EQ(news.result, ExportResult::Done);
    EXPECT_EQ(news.count, 250);
    EXPECT_EQ(outbox_->state()->waiting_responses, 250);
    const auto read = decode_bundle(load_file(folder_ / "stick" / news.file).value());
    ASSERT_TRUE(read) << read.error().message;
    EXPECT_EQ(read->manifest.kiosk, outbox_->kiosk());
    EXPECT_EQ(read->manifest.count, 251);
    EXPECT_EQ(std::distance(fs::directory_iterator(folder_ / "stick"), {}), 1);
}

TEST_F(StaffExportTest, ASecondExportIsTheSameFileWithTheNextNumber) {
    fill(3);
    const ExportNews first = write_bundle(bundle(), folder_ / "stick");
    const ExportNews second = write_bundle(bundle(), folder_ / "stick");
    EXPECT_EQ(first.file, second.file);
    EXPECT_EQ(decode_bundle(load_file(folder_ / "stick" / second.file).value())->manifest.number,
              2);
}

TEST_F(StaffExportTest, NothingWaitsIsSaidAndNothingIsWritten) {
    EXPECT_EQ(write_bundle(bundle(), folder_ / "stick").result, ExportResult::NothingWaits);
    EXPECT_TRUE(fs::is_empty(folder_ / "stick"));
}

TEST_F(StaffExportTest, APulledStickIsSaid) {
    fill(1);
    EXPECT_EQ(write_bundle(bundle(), folder_ / "gone").result, ExportResult::NoStick);
    EXPECT_FALSE(fs::exists(folder_ / "gone"));
}

TEST_F(StaffExportTest, AFullStickIsSaidAndHoldsNoHalfFile) {
    fill(1);
    const BundleFile file = bundle();
    // The kernel's own full device, under the name of the temporary file.
    fs::create_symlink("/dev/full", folder_ / "stick" / (file.name + ".new"));
    const ExportNews news = write_bundle(file, folder_ / "stick");
    EXPECT_NE(news.result, ExportResult::Done);
    EXPECT_FALSE(fs::exists(folder_ / "stick" / file.name));
    EXPECT_EQ(outbox_->state()->waiting_responses, 1);
}

TEST_F(StaffExportTest, SticksAreFoundInTheTableOfMounts) {
    const std::string mounts =
        "/dev/sda1 / ext4 rw 0 0\n/dev/sdb1 /media/staff/MY\\040STICK vfat rw 0 0\n"
        "/dev/sdc1 /run/media/x/USB vfat ro 0 0\n/dev/sdd1 /mediaeval ext4 rw 0 0\n\n";
    EXPECT_EQ(sticks_in(mounts, ""),
              (std::vector<std::string>{"/media/staff/MY STICK", "/run/media/x/USB"}));
    EXPECT_EQ(sticks_in("", folder_), std::vector<std::string>{folder_.string()});
    EXPECT_TRUE(sticks_in("", folder_ / "gone").empty());
}

class DatedServer final : public Transport {
  public:
    explicit DatedServer(std::optional<Milliseconds> date) : date_(date) {}
    Result<HttpReply> post(const std::string&, const std::string&, const std::string&) override {
        return fail(ErrorCode::Unavailable, "no post was expected");
    }
    Result<HttpReply> get(const std::string&, const std::string&, const std::string&) override {
        if (!date_) return fail(ErrorCode::Unavailable, "down");
        HttpReply reply;
        reply.status = 200;
        reply.date = date_;
        return reply;
    }

  private:
    std::optional<Milliseconds> date_;
};

TEST_F(StaffFilesTest, TheClockIsComparedWithTheServerOrElseOnlyPlausible) {
    const ManualClock clock(wall_);
    DatedServer near(wall_ + 59s), far(wall_ - 2h), down(std::nullopt);
    EXPECT_EQ(check_clock(near, "http://s", clock, 0ms).result, TestResult::Good);
    EXPECT_EQ(check_clock(far, "http://s", clock, 0ms).result, TestResult::Bad);
    EXPECT_EQ(check_clock(far, "http://s", clock, 0ms).value, 7200);
    EXPECT_EQ(check_clock(down, "http://s", clock, 0ms).result, TestResult::Doubtful);
    EXPECT_EQ(check_clock(down, "http://s", clock, wall_ + 1h).result, TestResult::Bad);
    EXPECT_EQ(check_clock(down, "", ManualClock(1000ms), 0ms).result, TestResult::Bad);
    EXPECT_EQ(check_network(down, "http://s", clock).result, TestResult::NotReached);
    EXPECT_EQ(check_network(near, "", clock).result, TestResult::NotEnrolled);
}

TEST_F(StaffFilesTest, TheDiskTestLeavesNothingBehindAndSeesAMissingFolder) {
    EXPECT_NE(check_disk(folder_).result, TestResult::Bad);
    EXPECT_TRUE(fs::is_empty(folder_));
    EXPECT_EQ(check_disk(folder_ / "gone").result, TestResult::Bad);
}

TEST_F(StaffFilesTest, WithoutAnAudioDeviceTheSoundTestSaysSo) {
    ::setenv("SDL_AUDIODRIVER", "none-such", 1);
    EXPECT_EQ(check_sound(50).result, TestResult::NoDevice);
    ::setenv("SDL_AUDIODRIVER", "dummy", 1);
    EXPECT_EQ(check_sound(50).result, TestResult::Good);
    ::unsetenv("SDL_AUDIODRIVER");
}

}  // namespace
}  // namespace machikoe
