// LiveCounts: whatever several servers and programs do on one store, every server's counts are
// those of a recount.
#include "sync/server/live_counts.h"

#include <gtest/gtest.h>

#include <array>
#include <random>

#include "sync/server/published_figures.h"
#include "tests/indicators/small_pack.h"
#include "tests/store/store_contract.h"

namespace machikoe {
namespace {

std::shared_ptr<const Pack> pack_with(char hash) {
    Pack pack = small_pack();
    pack.hash = std::string(64, hash);
    return std::make_shared<const Pack>(std::move(pack));
}

/// A server as far as its counts go; its recounts take as many rounds as the test lets them.
class Replica {
  public:
    using Open = std::function<std::unique_ptr<Store>()>;
    Replica(Open open, std::shared_ptr<const Pack> pack)
        : open_(std::move(open)), pack_(std::move(pack)) {
        restart();
    }
    void restart() {
        pending_.reset();
        counts_.reset();
        store_.reset();
        store_ = open_();
        counts_ = std::make_unique<LiveCounts>(pack_);
        const Status started = counts_->start(*store_);
        ASSERT_TRUE(started) << started.error().message;
    }
    void release(const std::vector<Response>& responses) {
        const auto place = store_->release({}, responses);
        ASSERT_TRUE(place) << place.error().message;
        counts_->count(*place, responses);
    }
    /// Another program has let it out under this server's eyes before it hears of its own.
    void release_and_look_first(const std::vector<Response>& responses, Milliseconds now) {
        const auto place = store_->release({}, responses);
        ASSERT_TRUE(place);
        follow(now);
        counts_->count(*place, responses);
    }
    void follow(Milliseconds now) {
        const auto news = LiveCounts::look(*store_, counts_->seen(), counts_->generation());
        ASSERT_TRUE(news) << news.error().message;
        counts_->take(*news);
        if (const auto draft = counts_->to_write(now)) {
            const auto written =
                store_->put_checkpoint(draft->generation, draft->counts, draft->seen);
            written_ += written.has_value();
            counts_->wrote(*draft, written, now);
        }
        if (const auto number = counts_->wants_recount()) {
            ++recounts_;
            const auto reader = open_();
            const std::atomic<bool> stopped = false;
            pending_ = LiveCounts::recount(*pack_, *reader, *number, stopped);
        }
    }
    void finish_recount() {
        if (pending_) counts_->adopt(std::move(*std::exchange(pending_, std::nullopt)));
    }
    const LiveCounts& counts() const { return *counts_; }
    Store& store() { return *store_; }
    int recounts() const { return recounts_; }
    int written() const { return written_; }

  private:
    Open open_;
    std::shared_ptr<const Pack> pack_;
    std::unique_ptr<Store> store_;
    std::unique_ptr<LiveCounts> counts_;
    std::optional<Result<LiveCounts::Recount>> pending_;
    int recounts_ = 0, written_ = 0;
};

class LiveCountsTest : public StoreTest {
  protected:
    std::unique_ptr<Store> open() { return GetParam().open(folder_).value(); }
    Replica replica(char hash = 'a') {
        return Replica([this] { return open(); }, pack_with(hash));
    }
    std::vector<Response> some(std::size_t count, char hash = 'a') {
        std::vector<Response> all;
        for (std::size_t i = 0; i < count; ++i) {
            Response response =
                response_with(*pack_with(hash), "feel", answered({random_() % 2 ? "yes" : "no"}));
            response.when = {"2022-06-0" + std::to_string(1 + random_() % 9), 10};
            response.event = random_() % 3 ? "fair" : "";
            all.push_back(std::move(response));
        }
        return all;
    }
    void expect_a_recount(const Replica& replica, char hash, const std::string& when) {
        const auto pack = pack_with(hash);
        const WardData nothing;
        EvaluationCounter counter(*pack, nothing);
        std::int64_t responses = 0;
        ASSERT_TRUE(store_->for_each_response([&](const std::string&, const Response& response) {
            counter.add(response);
            return ++responses > 0;
        }));
        ASSERT_EQ(replica.counts().responses(), responses) << when;
        ASSERT_EQ(replica.counts().counter().all_counts(), counter.all_counts()) << when;
    }
    void pass(Milliseconds by, const std::vector<Replica*>& replicas) {
        for (const Milliseconds end = now_ + by; now_ < end;) {
            now_ += Milliseconds{1000};
            for (Replica* each : replicas) {
                each->follow(now_);
                each->finish_recount();
            }
        }
    }
    std::mt19937 random_{7};
    Milliseconds now_{0};
};

TEST_P(LiveCountsTest, AStartReadsTheCheckpointAndNotTheAnswers) {
    Replica first = replica();
    first.release(some(60));
    pass(Milliseconds{70'000}, {&first});
    EXPECT_GT(first.written(), 0);
    EXPECT_TRUE(store_->released_after({})->empty());
    first.release(some(3));
    // The answers that are in the checkpoint could as well be gone: nobody reads them.
    const auto checkpoint = store_->checkpoint().value();
    LiveCounts started(pack_with('a'));
    ASSERT_TRUE(started.start(*store_));
    EXPECT_EQ(started.responses(), 63);
    EXPECT_EQ(started.generation(), checkpoint.generation);
    EXPECT_EQ(started.counter().all_counts(), first.counts().counter().all_counts());
}

TEST_P(LiveCountsTest, DamagedCountsAreNotBelieved) {
    Replica first = replica();
    first.release(some(20));
    pass(Milliseconds{70'000}, {&first});
    const auto checkpoint = store_->checkpoint().value();
    std::string damaged = checkpoint.counts;
    damaged[damaged.size() / 2] = static_cast<char>(damaged[damaged.size() / 2] ^ 4);
    ASSERT_TRUE(store_->put_checkpoint(checkpoint.generation, damaged, {}));
    Replica second = replica();
    expect_a_recount(second, 'a', "after a start");
    pass(Milliseconds{3'000}, {&first});
    expect_a_recount(first, 'a', "in between");
}

TEST_P(LiveCountsTest, AfterADeletionTheOldCountsStandUntilTheRecountIsDone) {
    Replica server = replica();
    server.release(some(80));
    server.follow(now_);
    ASSERT_TRUE(store_->delete_responses({"2022-06-05", ""}));
    server.follow(now_);
    EXPECT_TRUE(server.counts().is_recounting());
    EXPECT_EQ(server.counts().responses(), 80);
    server.release(some(5));  // after the moment of the recount
    server.finish_recount();
    EXPECT_FALSE(server.counts().is_recounting());
    expect_a_recount(server, 'a', "after the recount");
}

TEST_P(LiveCountsTest, ServersOfTwoVersionsDoNotMakeOneAnotherCountAnew) {
    Replica one = replica('a'), two = replica('b');
    for (int i = 0; i < 40; ++i) {
        (i % 2 ? one : two).release(some(5, i % 3 ? 'a' : 'b'));
        pass(Milliseconds{3'000}, {&one, &two});
    }
    pass(Milliseconds{120'000}, {&one, &two});
    EXPECT_GT(one.written() + two.written(), 1);
    EXPECT_EQ(one.recounts() + two.recounts(), 0);
    expect_a_recount(one, 'a', "one");
    expect_a_recount(two, 'b', "two");
}

TEST_P(LiveCountsTest, OfAllThatServersAndProgramsDoNothingIsMissedOrCountedTwice) {
    Replica one = replica(), two = replica(), other = replica('b');
    const auto follow = [&](Replica& each) { each.follow(now_); };
    const auto any = [&]() -> Replica& {
        return *std::array<Replica*, 3>{&one, &two, &other}[random_() % 3];
    };
    for (int step = 0; step < 400; ++step) {
        now_ += Milliseconds{static_cast<int>(random_() % 1500)};
        switch (random_() % 12) {
            case 0:
            case 1:
            case 2:
                any().release(some(1 + random_() % 6, random_() % 5 ? 'a' : 'b'));
                break;
            case 3:
                any().release_and_look_first(some(2), now_);
                break;
            case 4:  // bundle import, release-rest
                ASSERT_TRUE(open()->release({}, some(1 + random_() % 4)));
                break;
            case 5:
                any().finish_recount();
                break;
            case 6:
                if (random_() % 6 == 0) {
                    ASSERT_TRUE(open()->delete_responses(
                        {"2022-06-0" + std::to_string(1 + random_() % 4), ""}));
                }
                break;
            case 7:
                if (random_() % 6 == 0) any().restart();
                break;
            case 8:  // a program that knows nothing of drafts
                if (random_() % 4 == 0) {
                    LiveCounts program(pack_with('a'));
                    const auto store = open();
                    ASSERT_TRUE(program.start(*store));
                    (void)program.to_write(Milliseconds{0});
                    if (const auto draft = program.to_write(LiveCounts::kSettle))
                        (void)store->put_checkpoint(draft->generation, draft->counts, draft->seen);
                }
                break;
            default:
                follow(any());
        }
        if (step % 25 != 24) continue;
        pass(Milliseconds{4'000}, {&one, &two, &other});
        const std::string when = "after step " + std::to_string(step);
        ASSERT_NO_FATAL_FAILURE(expect_a_recount(one, 'a', when));
        ASSERT_NO_FATAL_FAILURE(expect_a_recount(two, 'a', when));
        ASSERT_NO_FATAL_FAILURE(expect_a_recount(other, 'b', when));
    }
    EXPECT_GT(one.written() + two.written() + other.written(), 5);
}

TEST_P(LiveCountsTest, OfTwoServersOnePublishesAndBothShowIt) {
    Replica one = replica(), two = replica();
    PublishedFigures first(pack_with('a')), second(pack_with('a'));
    one.release(some(12));
    two.release(some(3));
    const auto ours = first.next(one.counts().counter());
    ASSERT_TRUE(ours);
    two.follow(now_);
    const auto theirs = second.next(two.counts().counter());
    ASSERT_TRUE(theirs);
    ASSERT_TRUE(store_->put_publication(*ours));
    EXPECT_EQ(store_->put_publication(*theirs).error().code, ErrorCode::Conflict);
    first.take(store_->publication().value());
    second.take(store_->publication().value());
    EXPECT_EQ(first.totals().responses, 12);
    EXPECT_EQ(second.totals(), first.totals());
    EXPECT_EQ(second.figures()->responses, 12);
    EXPECT_FALSE(second.next(two.counts().counter()));  // 15: not ten more
}

TEST_P(LiveCountsTest, AFewDeletedAnswersAreNotTheDifferenceOfTwoPublications) {
    Replica one = replica();
    one.release(some(40));
    PublishedFigures figures(pack_with('a'));
    ASSERT_TRUE(store_->put_publication(*figures.next(one.counts().counter())));
    figures.take(store_->publication().value());
    const auto pack = pack_with('a');
    const WardData nothing;
    EvaluationCounter left(*pack, nothing);
    for (const Response& response : some(31)) left.add(response);
    EXPECT_FALSE(figures.next(left));
    EvaluationCounter much_less(*pack, nothing);
    for (const Response& response : some(30)) much_less.add(response);
    EXPECT_TRUE(figures.next(much_less));
}

TEST_P(LiveCountsTest, EachVersionKeepsItsPublication) {
    PublishedFigures a(pack_with('a')), b(pack_with('b'));
    Replica one = replica('a'), two = replica('b');
    one.release(some(14, 'a'));
    two.release(some(11, 'b'));
    ASSERT_TRUE(store_->put_publication(*a.next(one.counts().counter())));
    b.take(store_->publication().value());
    EXPECT_EQ(b.figures(), nullptr);
    ASSERT_TRUE(store_->put_publication(*b.next(two.counts().counter())));
    a.take(store_->publication().value());
    EXPECT_EQ(a.totals().responses, 14);
    EXPECT_FALSE(a.next(one.counts().counter()));
    PublishedFigures damaged(pack_with('b'));
    Publication publication = store_->publication().value();
    publication.counts[30] = static_cast<char>(publication.counts[30] ^ 1);
    damaged.take(publication);
    EXPECT_EQ(damaged.figures(), nullptr);
    EXPECT_FALSE(damaged.next(two.counts().counter()));  // how many there were is still known
}

INSTANTIATE_TEST_SUITE_P(Adapters, LiveCountsTest, testing::ValuesIn(adapters()), name_of_adapter);

}  // namespace
}  // namespace machikoe
