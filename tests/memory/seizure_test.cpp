// The running kiosk is seized, memory and all, after its last answer: those before stay closed.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sodium.h>
#include <spawn.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <bitset>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "app/base/crypto.h"
#include "app/base/hex.h"
#include "app/base/memory.h"
#include "sync/outbox/outbox.h"
#include "sync/seal/keys.h"
#include "sync/seal/layout.h"
#include "sync/seal/raw.h"

extern char** environ;

namespace machikoe {
namespace {

constexpr int kAnswers = 8;

/// seized_child, saved and waiting; dead with the object.
class Seized {
  public:
    explicit Seized(std::vector<std::string> arguments) {
        int in[2], out[2];
        if (pipe2(in, O_CLOEXEC) != 0 || pipe2(out, O_CLOEXEC) != 0) std::abort();
        arguments.insert(arguments.begin(), MACHIKOE_BINARY_DIR "/seized_child");
        std::vector<char*> argv;
        for (std::string& argument : arguments) argv.push_back(argument.data());
        argv.push_back(nullptr);
        posix_spawn_file_actions_t files;
        posix_spawn_file_actions_init(&files);
        posix_spawn_file_actions_adddup2(&files, in[0], STDIN_FILENO);
        posix_spawn_file_actions_adddup2(&files, out[1], STDOUT_FILENO);
        if (posix_spawn(&pid_, argv[0], &files, nullptr, argv.data(), environ) != 0) std::abort();
        posix_spawn_file_actions_destroy(&files);
        ::close(in[0]);
        ::close(out[1]);
        stdin_ = in[1];
        char said[16] = "";
        is_ready_ = ::read(out[0], said, sizeof said - 1) > 0 && std::strcmp(said, "ready\n") == 0;
        ::close(out[0]);
    }
    ~Seized() {
        ::kill(pid_, SIGKILL);
        ::waitpid(pid_, nullptr, 0);
        ::close(stdin_);
    }
    Seized(const Seized&) = delete;
    Seized& operator=(const Seized&) = delete;
    bool is_ready() const { return is_ready_; }

    /// Every page that it may write: heap, stacks, data.
    std::vector<std::string> image() const {
        const std::string proc = "/proc/" + std::to_string(pid_);
        const int memory = ::open((proc + "/mem").c_str(), O_RDONLY | O_CLOEXEC);
        std::ifstream maps(proc + "/maps");
        std::vector<std::string> regions;
        for (std::string line; std::getline(maps, line);) {
            unsigned long from = 0, to = 0;
            char rights[5] = "";
            if (std::sscanf(line.c_str(), "%lx-%lx %4s", &from, &to, rights) != 3) continue;
            if (std::strncmp(rights, "rw", 2) != 0) continue;
            std::string bytes(to - from, '\0');
            const ssize_t got =
                ::pread(memory, bytes.data(), bytes.size(), static_cast<off_t>(from));
            if (got > 0) regions.push_back(bytes.substr(0, static_cast<std::size_t>(got)));
        }
        ::close(memory);
        return regions;
    }

  private:
    pid_t pid_ = 0;
    int stdin_ = -1;
    bool is_ready_ = false;
};

class SeizureTest : public testing::Test {
  protected:
    SeizureTest() {
        folder_ = std::filesystem::temp_directory_path() / ("machikoe-seized-" + random_hex(8));
        std::filesystem::create_directories(folder_);
    }
    ~SeizureTest() override { std::filesystem::remove_all(folder_); }

    std::unique_ptr<Seized> seize(bool with_first_key) {
        std::vector<std::string> arguments{folder_.string(), std::to_string(kAnswers),
                                           key_.public_key()};
        if (with_first_key) arguments.push_back(to_hex(key_.secret().view()));
        auto seized = std::make_unique<Seized>(arguments);
        EXPECT_TRUE(seized->is_ready());
        auto outbox = Outbox::open(folder_).value();
        kiosk_ = outbox.kiosk();
        payloads_.clear();
        const auto waiting = outbox.waiting(100, 1 << 20).value();
        for (const WaitingEnvelope& each : waiting)
            if (each.payload.starts_with(seal::kSealedMagic)) payloads_.push_back(each.payload);
        EXPECT_EQ(payloads_.size(), static_cast<std::size_t>(kAnswers));
        return seized;
    }
    bool opens(const unsigned char* key, const std::string& payload) const {
        const auto* bytes = seal::raw(payload);
        std::string record(payload.size() - seal::kSealedBoxAt - seal::kMacBytes, '\0');
        const std::string beside = seal::associated(payload, kiosk_);
        unsigned long long size = 0;
        return crypto_aead_xchacha20poly1305_ietf_decrypt(
                   seal::raw(record), &size, nullptr, bytes + seal::kSealedBoxAt,
                   payload.size() - seal::kSealedBoxAt, seal::raw(beside), beside.size(),
                   bytes + seal::kSealedNonceAt, key) == 0;
    }
    /// How many of the sealed records any 32 bytes of the image open: as the epoch's key at
    /// that record, at an earlier one, or as the record's own.
    int opened_by(const std::vector<std::string>& image) const {
        std::bitset<kAnswers> opened;
        std::size_t tried = 0;
        for (const std::string& region : image)
            for (std::size_t at = 0; at + seal::kKeyBytes <= region.size(); at += 8) {
                const auto* window = seal::raw(region) + at;
                std::bitset<256> values;
                for (std::size_t i = 0; i < seal::kKeyBytes; ++i) values.set(window[i]);
                if (values.count() < 20) continue;  // random bytes hardly ever have fewer
                ++tried;
                try_window(window, opened);
            }
        EXPECT_GT(tried, 100u);
        return static_cast<int>(opened.count());
    }
    void try_window(const unsigned char* window, std::bitset<kAnswers>& opened) const {
        for (int i = 0; i < kAnswers; ++i)
            if (opens(window, payloads_[static_cast<std::size_t>(i)]))
                opened.set(static_cast<std::size_t>(i));
        // As the chain's key of any index: from there on it goes forward.
        for (int start = 0; start < kAnswers; ++start) {
            unsigned char chain[seal::kKeyBytes], record[seal::kKeyBytes], next[seal::kKeyBytes];
            std::memcpy(chain, window, sizeof chain);
            crypto_kdf_derive_from_key(record, sizeof record, seal::kRecordKey, seal::kContext,
                                       chain);
            if (!opens(record, payloads_[static_cast<std::size_t>(start)])) continue;
            for (int i = start; i < kAnswers; ++i) {
                opened.set(static_cast<std::size_t>(i));
                crypto_kdf_derive_from_key(next, sizeof next, seal::kNextKey, seal::kContext,
                                           chain);
                std::memcpy(chain, next, sizeof chain);
            }
        }
    }
    static int markers_in(const std::vector<std::string>& image) {
        int found = 0;
        for (int i = 0; i < kAnswers - 1; ++i) {
            const std::string words = "typed-by-resident-" + std::to_string(100'000 + i);
            for (const std::string& region : image)
                if (region.find(words) != std::string::npos) {
                    ++found;
                    break;
                }
        }
        return found;
    }

    std::filesystem::path folder_;
    SealingKey key_ = [] {
        crypto_ready();
        return SealingKey::generate();
    }();
    std::string kiosk_;
    std::vector<std::string> payloads_;
};

TEST_F(SeizureTest, NothingInTheImageOpensOrShowsAnEarlierAnswer) {
    const auto image = seize(false)->image();
    ASSERT_FALSE(image.empty()) << "the image cannot be read";
    EXPECT_EQ(opened_by(image), 0);
    EXPECT_EQ(markers_in(image), 0);
}

TEST_F(SeizureTest, AKeyThatWasKeptIsFoundAndOpensThemAll) {
    const auto image = seize(true)->image();
    EXPECT_EQ(opened_by(image), kAnswers);
}

TEST(MemoryTest, AProtectedProgramLeavesNoDumpAndIsLockedWhereThatIsAllowed) {
    const pid_t child = ::fork();
    if (child == 0) {
        const MemoryProtection protection = protect_memory();
        rlimit limit{};
        getrlimit(RLIMIT_CORE, &limit);
        const bool good =
            protection.no_dumps && limit.rlim_max == 0 && prctl(PR_GET_DUMPABLE, 0, 0, 0, 0) == 0;
        ::_exit(good ? 0 : 1);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    EXPECT_EQ(status, 0);
}

TEST(MemoryTest, WhatIsNotProtectedIsSaid) {
    EXPECT_EQ(advice_on({.no_dumps = true, .locked = true, .swap_used = true}), "");
    EXPECT_EQ(advice_on({.no_dumps = true, .locked = false, .swap_used = false}), "");
    EXPECT_NE(advice_on({.no_dumps = true, .locked = false, .swap_used = true}).find("swap"),
              std::string::npos);
    EXPECT_NE(advice_on({}).find("core dumps"), std::string::npos);
}

}  // namespace
}  // namespace machikoe
