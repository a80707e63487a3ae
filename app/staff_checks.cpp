#include "app/staff_checks.h"

#include <cstdlib>

#include "app/base/crypto.h"
#include "app/base/file.h"
#include "app/platform/sound.h"

namespace machikoe {
namespace {

constexpr std::int64_t kLittle_mb = 200;
constexpr std::int64_t kMostOff_s = 60;
// No kiosk of ours ran before: 2022-04-01 in Japan, when the first pack's year began.
constexpr Milliseconds kNotBefore{1'648'738'800'000};

}  // namespace

TestNews check_disk(const std::filesystem::path& folder) {
    const std::filesystem::path file = folder / "disk-test";
    const std::string wrote = random_hex(64u << 10);
    const Status written = replace_file(file, wrote);
    const auto back = load_file(file);
    std::error_code ec;
    std::filesystem::remove(file, ec);
    const auto space = std::filesystem::space(folder, ec);
    const auto free_mb = ec ? 0 : static_cast<std::int64_t>(space.available >> 20);
    if (!written || !back || *back != wrote) return {SelfTest::Disk, TestResult::Bad, free_mb};
    return {SelfTest::Disk, free_mb < kLittle_mb ? TestResult::Doubtful : TestResult::Good,
            free_mb};
}

TestNews check_clock(Transport& transport, const std::string& server, const Clock& clock,
                     Milliseconds last_seen) {
    const Milliseconds here = clock.wall();
    if (!server.empty()) {
        const auto reply = transport.get(server + "/healthz", "", "");
        if (reply && reply->date) {
            const auto off = std::chrono::duration_cast<std::chrono::seconds>(here - *reply->date);
            const bool right = std::llabs(off.count()) <= kMostOff_s;
            return {SelfTest::Clock, right ? TestResult::Good : TestResult::Bad, off.count()};
        }
    }
    const bool plausible = here >= kNotBefore && here >= last_seen;
    return {SelfTest::Clock, plausible ? TestResult::Doubtful : TestResult::Bad, 0};
}

TestNews check_network(Transport& transport, const std::string& server, const Clock& clock) {
    if (server.empty()) return {SelfTest::Network, TestResult::NotEnrolled, 0};
    const Milliseconds began = clock.monotonic();
    const auto reply = transport.get(server + "/healthz", "", "");
    const std::int64_t took = (clock.monotonic() - began).count();
    if (!reply || reply->status != 200) return {SelfTest::Network, TestResult::NotReached, 0};
    return {SelfTest::Network, TestResult::Good, took};
}

TestNews check_sound(int volume_percent) {
    const Status played = play_tone(volume_percent);
    const bool no_device = !played && played.error().code == ErrorCode::NotFound;
    return {SelfTest::Sound,
            played ? TestResult::Good : (no_device ? TestResult::NoDevice : TestResult::Bad),
            volume_percent};
}

}  // namespace machikoe
