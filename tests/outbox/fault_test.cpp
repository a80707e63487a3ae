// Outbox under faults: a full disk, and a program killed at any moment.
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <map>
#include <random>
#include <set>
#include <thread>

#include "app/base/crypto.h"
#include "sync/outbox/outbox.h"
#include "tests/outbox/folder.h"

namespace machikoe {
namespace {

/// What the child says: "append() returned this number for this payload"; 0: it has opened.
struct Acknowledged {
    std::int64_t sequence = 0;
    std::int64_t payload = 0;
};

std::string payload_of(std::int64_t number) {
    // Of different sizes, so that kills meet one page, several pages and a new page.
    return std::to_string(number) + ":" +
           std::string(static_cast<std::size_t>(number * 37 % 9000), 'p');
}

/// The chain from 1 on, without a gap, every hash right.
void expect_whole_chain(const std::vector<WaitingEnvelope>& envelopes) {
    std::string previous(64, '0');
    std::int64_t sequence = 0;
    for (const WaitingEnvelope& envelope : envelopes) {
        ASSERT_EQ(envelope.sequence, ++sequence);
        ASSERT_EQ(envelope.previous, previous);
        ASSERT_EQ(envelope.hash, sha256_hex(previous + envelope.payload));
        previous = envelope.hash;
    }
}

/// Runs `work` in a child process, which must end with 0.
template <class Work>
void in_child(Work work) {
    const pid_t child = ::fork();
    ASSERT_GE(child, 0);
    if (child == 0) ::_exit(work());
    int status = 0;
    ASSERT_EQ(::waitpid(child, &status, 0), child);
    ASSERT_TRUE(WIFEXITED(status));
    ASSERT_EQ(WEXITSTATUS(status), 0);
}

void limit_files(rlim_t bytes) {
    std::signal(SIGXFSZ, SIG_IGN);  // a write over the limit then fails, as on a full disk
    const rlimit limit{bytes, RLIM_INFINITY};
    ::setrlimit(RLIMIT_FSIZE, &limit);
}

TEST(OutboxFaultTest, AFullDiskLosesNothingAndSaysSo) {
    TemporaryFolder folder;
    in_child([&] {
        auto outbox = Outbox::open(folder.path);
        if (!outbox) return 1;
        limit_files(100'000);
        std::int64_t accepted = 0;
        for (;; ++accepted) {
            const auto appended = append_one(*outbox, payload_of(accepted + 1), kWall);
            if (appended && *appended != accepted + 1) return 2;
            if (appended) continue;
            if (appended.error().code != ErrorCode::Unavailable) return 3;
            break;
        }
        if (accepted < 3) return 4;
        // Still full, still honest, and the connection still works.
        if (append_one(*outbox, payload_of(100), kWall)) return 5;
        if (outbox->state()->last_sequence != accepted) return 6;
        limit_files(RLIM_INFINITY);
        const auto again = append_one(*outbox, payload_of(accepted + 1), kWall);
        return again && *again == accepted + 1 ? 0 : 7;
    });
    const auto envelopes = Outbox::open(folder.path)->waiting(kAny, kAny).value();
    ASSERT_GE(envelopes.size(), 4u);
    expect_whole_chain(envelopes);
    for (std::size_t i = 0; i < envelopes.size(); ++i)
        EXPECT_EQ(envelopes[i].payload, payload_of(static_cast<std::int64_t>(i) + 1));
}

TEST(OutboxFaultTest, AFullDiskAtFirstStartIsUnavailableAndLeavesNothingInTheWay) {
    TemporaryFolder folder;
    for (rlim_t bytes : {0, 2'000, 5'000, 9'000, 20'000})
        in_child([&] {
            limit_files(bytes);
            const auto outbox = Outbox::open(folder.path);
            return outbox || outbox.error().code == ErrorCode::Unavailable ? 0 : 1;
        });
    EXPECT_EQ(append_one(*Outbox::open(folder.path), "one", kWall).value(), 1);
}

/// Says that it has opened, then appends until killed.
[[noreturn]] void append_for_ever(const std::filesystem::path& folder, std::int64_t first,
                                  int out) {
    auto outbox = Outbox::open(folder);
    if (!outbox) ::_exit(1);
    const Acknowledged open;
    if (::write(out, &open, sizeof open) != sizeof open) ::_exit(3);
    for (std::int64_t number = first;; ++number) {
        const auto sequence = append_one(*outbox, payload_of(number), kWall);
        if (!sequence) ::_exit(2);
        const Acknowledged said{*sequence, number};
        if (::write(out, &said, sizeof said) != sizeof said) ::_exit(3);
    }
}

enum class LifeFrom { Start, Opened };

/// One child, killed after `life`; what it had acknowledged until then.
std::vector<Acknowledged> killed_after(std::chrono::microseconds life, LifeFrom from,
                                       const std::filesystem::path& folder, std::int64_t first) {
    int ends[2];
    if (::pipe(ends) != 0) return {};
    const pid_t child = ::fork();
    if (child == 0) {
        ::close(ends[0]);
        append_for_ever(folder, first, ends[1]);
    }
    ::close(ends[1]);
    Acknowledged one;
    if (from == LifeFrom::Opened && ::read(ends[0], &one, sizeof one) != sizeof one)
        ADD_FAILURE() << "the child did not open";
    std::this_thread::sleep_for(life);
    ::kill(child, SIGKILL);
    int status = 0;
    ::waitpid(child, &status, 0);
    EXPECT_TRUE(WIFSIGNALED(status)) << "the child gave up with " << WEXITSTATUS(status);
    std::vector<Acknowledged> heard;
    while (::read(ends[0], &one, sizeof one) == sizeof one)
        if (one.sequence > 0) heard.push_back(one);
    ::close(ends[0]);
    return heard;
}

TEST(OutboxFaultTest, AKilledProgramKeepsEveryAcknowledgedPayloadExactlyOnce) {
    constexpr int kKills = 80;
    TemporaryFolder folder;
    std::mt19937 random(20220401);
    std::uniform_int_distribution<int> life_us(500, 60'000);
    std::map<std::int64_t, std::int64_t> acknowledged;  // number → payload
    for (int kill = 0; kill < kKills; ++kill) {
        const std::int64_t first = (kill + 1) * 1'000'000;
        // A quarter of them may die while they open.
        const LifeFrom from = kill % 4 == 0 ? LifeFrom::Start : LifeFrom::Opened;
        for (const Acknowledged& one :
             killed_after(std::chrono::microseconds(life_us(random)), from, folder.path, first))
            EXPECT_TRUE(acknowledged.emplace(one.sequence, one.payload).second)
                << one.sequence << " was given twice";
        if (HasFailure()) return;
    }
    const auto envelopes = Outbox::open(folder.path)->waiting(kAny, kAny).value();
    expect_whole_chain(envelopes);
    std::set<std::string> payloads;
    for (const WaitingEnvelope& envelope : envelopes)
        EXPECT_TRUE(payloads.insert(envelope.payload).second) << envelope.sequence << " twice";
    ASSERT_GT(acknowledged.size(), static_cast<std::size_t>(kKills));
    for (const auto& [sequence, payload] : acknowledged) {
        ASSERT_LE(sequence, static_cast<std::int64_t>(envelopes.size()));
        EXPECT_EQ(envelopes[static_cast<std::size_t>(sequence) - 1].payload, payload_of(payload));
    }
    // At most the one that was under way at each kill is there without having been heard.
    EXPECT_LE(envelopes.size(), acknowledged.size() + kKills);
    RecordProperty("kills", kKills);
    RecordProperty("acknowledged", static_cast<int>(acknowledged.size()));
}

}  // namespace
}  // namespace machikoe
