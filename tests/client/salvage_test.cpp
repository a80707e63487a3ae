// A damaged kiosk.db: what can be read of it comes out as a bundle, and nothing is thrown away.
#include "sync/client/salvage.h"

#include <SQLiteCpp/SQLiteCpp.h>
#include <gtest/gtest.h>

#include <set>

#include "app/base/crypto.h"
#include "app/base/file.h"
#include "sync/wire/bundle.h"
#include "tests/outbox/folder.h"

namespace machikoe {
namespace {

namespace fs = std::filesystem;

class SalvageTest : public testing::Test {
  protected:
    SalvageTest() {
        crypto_ready();
        EXPECT_TRUE(KeyStore::open(folder(), "a long passphrase"));
    }
    const fs::path& folder() const { return folder_.path; }
    fs::path file() const { return folder() / "kiosk.db"; }

    /// So many payloads of 3 KiB: about one a page.
    std::string fill(int count) {
        auto outbox = Outbox::open(folder()).value();
        for (int i = 0; i < count; ++i) {
            const Payload payload{std::to_string(i) + std::string(3000, 'p'), 1};
            EXPECT_TRUE(outbox.append(std::span(&payload, 1), Milliseconds{0}));
        }
        return outbox.kiosk();
    }
    void overwrite_page(std::size_t page) {
        std::string bytes = load_file(file()).value();
        ASSERT_LT((page + 1) * 4096, bytes.size());
        for (std::size_t i = 0; i < 4096; ++i) bytes[page * 4096 + i] = '\xee';
        ASSERT_TRUE(replace_file(file(), bytes));
    }
    Bundle bundle() {
        const auto bundles = salvaged_bundles(folder());
        EXPECT_EQ(bundles.size(), 1u);
        return bundles.empty() ? Bundle{} : decode_bundle(bundles[0].bytes).value();
    }
    static std::set<std::int64_t> numbers_in(const Bundle& bundle) {
        std::set<std::int64_t> numbers;
        for (const Batch& batch : bundle.batches)
            for (const Envelope& envelope : batch.envelopes) numbers.insert(envelope.sequence);
        return numbers;
    }

  private:
    TemporaryFolder folder_;
};

TEST_F(SalvageTest, WhereAPageIsGoneTheOthersAreRead) {
    const std::string kiosk = fill(60);
    overwrite_page(30);
    const std::string damaged = load_file(file()).value();
    ASSERT_EQ(Outbox::open(folder()).error().code, ErrorCode::Corrupt);
    const auto salvaged = salvage(folder());
    ASSERT_TRUE(salvaged) << salvaged.error().message;
    EXPECT_GE(salvaged->envelopes, 50u);
    EXPECT_LT(salvaged->envelopes, 60u);
    EXPECT_EQ(load_file(salvaged->folder / "kiosk.db").value().substr(100), damaged.substr(100));
    const Bundle whole = bundle();
    EXPECT_EQ(whole.manifest.kiosk, kiosk);
    EXPECT_EQ(numbers_in(whole).size(), salvaged->envelopes);
    EXPECT_TRUE(numbers_in(whole).contains(1));
    EXPECT_TRUE(numbers_in(whole).contains(60));
    const auto next = Outbox::open(folder());
    ASSERT_TRUE(next);
    EXPECT_NE(next->kiosk(), kiosk);
    EXPECT_EQ(next->state()->last_sequence, 0);
}

TEST_F(SalvageTest, APayloadThatChangedIsLeftOut) {
    fill(5);
    std::string bytes = load_file(file()).value();
    const std::size_t at = bytes.find("2ppppppp");
    ASSERT_NE(at, std::string::npos);
    bytes[at + 4] = 'q';
    ASSERT_TRUE(replace_file(file(), bytes));
    ASSERT_EQ(Outbox::open(folder()).error().code, ErrorCode::Corrupt);
    ASSERT_EQ(salvage(folder())->envelopes, 4u);
    EXPECT_EQ(numbers_in(bundle()), (std::set<std::int64_t>{1, 2, 4, 5}));
}

TEST_F(SalvageTest, AFileThatWasCutOffGivesWhatIsLeft) {
    fill(60);
    ASSERT_TRUE(replace_file(file(), load_file(file())->substr(0, 40 * 4096)));
    const auto salvaged = salvage(folder());
    ASSERT_TRUE(salvaged);
    EXPECT_GT(salvaged->envelopes, 10u);
    EXPECT_LT(salvaged->envelopes, 60u);
}

TEST_F(SalvageTest, AFileThatIsNoDatabaseIsKeptAndGivesNothing) {
    const std::string bytes(8192, 'x');
    ASSERT_TRUE(replace_file(file(), bytes));
    const auto salvaged = salvage(folder());
    ASSERT_TRUE(salvaged);
    EXPECT_EQ(salvaged->envelopes, 0u);
    EXPECT_EQ(load_file(salvaged->folder / "kiosk.db").value(), bytes);
    EXPECT_TRUE(salvaged_bundles(folder()).empty());
    EXPECT_TRUE(Outbox::open(folder()));
}

TEST_F(SalvageTest, AFileOfANewerProgramStays) {
    fill(1);
    SQLite::Database(file().string(), SQLite::OPEN_READWRITE).exec("PRAGMA user_version = 99");
    EXPECT_EQ(salvage(folder()).error().code, ErrorCode::Corrupt);
    EXPECT_TRUE(fs::exists(file()));
}

TEST_F(SalvageTest, ASecondDamageGetsAFolderOfItsOwn) {
    for (int i = 1; i <= 2; ++i) {
        ASSERT_TRUE(replace_file(file(), "x"));
        EXPECT_EQ(salvage(folder())->folder.filename(), "damaged-" + std::to_string(i));
    }
}

}  // namespace
}  // namespace machikoe
