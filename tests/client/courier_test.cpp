// Courier: when to try again, how much, and what must never block the rest.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <numeric>

#include "sync/client/courier.h"
#include "tests/client/fake_server.h"

namespace machikoe {
namespace {

using namespace std::chrono_literals;

class CourierTest : public testing::Test {
  protected:
    CourierTest() { enrol_with('a'); }

    void enrol_with(char digit) { server_.enrols(outbox_, keys_, digit); }
    void append(int count) {
        for (int i = 0; i < count; ++i)
            ASSERT_TRUE(
                append_one(outbox_, "payload " + std::to_string(++appended_), clock_.wall()));
    }
    /// Lives for `time` as the sync thread would, sleeping as long as it is told.
    void live(Milliseconds time, Pace pace = Pace::Patient) {
        const Milliseconds end = clock_.monotonic() + time;
        while (clock_.monotonic() < end) {
            const Milliseconds rest = courier_.step(pace);
            ASSERT_GE(rest, 0ms);
            ASSERT_LT(++steps_, 100'000) << "never rests";
            clock_.advance(std::min(rest, end - clock_.monotonic()));
        }
    }
    std::int64_t waiting() { return outbox_.state()->waiting_envelopes; }
    void expect_all_held_once() {
        ASSERT_EQ(server_.held.size(), static_cast<std::size_t>(appended_));
        for (int i = 1; i <= appended_; ++i)
            EXPECT_EQ(server_.held[i], "payload " + std::to_string(i));
        EXPECT_EQ(server_.conflicts, 0);
    }

    TestKiosk kiosk_;
    Outbox& outbox_ = kiosk_.outbox;
    KeyStore& keys_ = kiosk_.keys;
    ManualClock clock_;
    FakeServer server_;
    double jitter_ = 0;
    Courier courier_{outbox_, keys_, server_, clock_, [this] { return jitter_; }};
    int appended_ = 0;
    int steps_ = 0;
};

TEST(BackoffTest, DoublesFromTwoSecondsToFiveMinutes) {
    EXPECT_EQ(backoff(1, 0), 2s);
    EXPECT_EQ(backoff(2, 0), 4s);
    EXPECT_EQ(backoff(7, 0), 128s);
    EXPECT_EQ(backoff(9, 0), 5min);
    EXPECT_EQ(backoff(1'000'000'000, 0), 5min);
}

TEST(BackoffTest, AddsUpToAHalf) {
    EXPECT_EQ(backoff(1, 1), 3s);
    EXPECT_EQ(backoff(50, 1), 7min + 30s);
    EXPECT_EQ(backoff(1, 0.5), 2500ms);
    EXPECT_EQ(backoff(1, 7), 3s);
    EXPECT_EQ(backoff(1, -7), 2s);
}

TEST_F(CourierTest, EverythingGoesInFullBatchesWithoutARest) {
    append(250);
    live(1s);
    expect_all_held_once();
    EXPECT_THAT(server_.sizes, testing::ElementsAre(100u, 100u, 50u));
    EXPECT_EQ(waiting(), 0);
    EXPECT_EQ(courier_.status().waiting_envelopes, 0);
    EXPECT_EQ(courier_.status().last_success, clock_.wall() - 1s);
}

TEST_F(CourierTest, NothingToSendIsNoRequest) {
    live(1h);
    EXPECT_EQ(server_.requests, 0);
    EXPECT_TRUE(courier_.status().enrolled);
    EXPECT_EQ(courier_.status().last_error, "");
}

TEST_F(CourierTest, AServerThatIsNotThereForEverIsANormalState) {
    server_.absent = true;
    append(120);
    live(24h);
    EXPECT_EQ(courier_.status().waiting_envelopes, 120);
    EXPECT_NE(courier_.status().last_error, "");
    EXPECT_FALSE(courier_.status().last_success);
    EXPECT_LE(server_.requests, 24 * 12 + 10);  // once in five minutes
    EXPECT_GE(server_.requests, 24 * 12 - 1);
    server_.absent = false;
    live(6min);
    expect_all_held_once();
    EXPECT_EQ(courier_.status().last_error, "");
}

TEST_F(CourierTest, AppendingDuringARestDoesNotShortenIt) {
    server_.absent = true;
    append(1);
    live(1min);
    const int before = server_.requests;
    for (int i = 0; i < 50; ++i) {
        append(1);
        EXPECT_GT(courier_.step(), 0ms);
    }
    EXPECT_EQ(server_.requests, before);
    EXPECT_EQ(courier_.status().waiting_envelopes, 51);
}

TEST_F(CourierTest, KiosksDoNotComeBackTogether) {
    server_.absent = true;
    append(1);
    EXPECT_EQ(courier_.step(), 2s);
    clock_.advance(2s);
    jitter_ = 1;
    EXPECT_EQ(courier_.step(), 6s);
}

TEST_F(CourierTest, ALostReplyIsMadeGood) {
    server_.faults = {Fault::LostReply, Fault::LostReply};
    append(30);
    live(1min);
    expect_all_held_once();
    EXPECT_EQ(waiting(), 0);
    EXPECT_GT(server_.repeats, 0);
}

TEST_F(CourierTest, EveryFaultInARowEndsInDelivery) {
    server_.faults = {Fault::Portal,    Fault::Moved,        Fault::Garbage,     Fault::NoReceipts,
                      Fault::WrongHash, Fault::Strangers,    Fault::Broken,      Fault::LostReply,
                      Fault::Timeout,   Fault::PortalEchoes, Fault::TooLarge,    Fault::Busy,
                      Fault::Unsigned,  Fault::Forged,       Fault::OtherKiosks, Fault::Altered};
    append(40);
    live(2h);
    expect_all_held_once();
    EXPECT_EQ(waiting(), 0);
}

TEST_F(CourierTest, OneUnreadableEnvelopeDoesNotBlockTheOthers) {
    server_.unreadable = {57};
    append(250);
    live(5min);
    EXPECT_EQ(server_.held.size(), 249u);
    EXPECT_EQ(courier_.status().stuck, 1);
    EXPECT_EQ(courier_.status().waiting_envelopes, 1);
    EXPECT_EQ(outbox_.waiting(10, 1'000'000)->at(0).sequence, 57);
}

TEST_F(CourierTest, AStuckEnvelopeIsTriedAgainAloneAndLessAndLess) {
    server_.unreadable = {2, 3};
    append(5);
    live(5min);
    EXPECT_EQ(courier_.status().stuck, 2);
    server_.sizes.clear();
    live(24h);
    EXPECT_THAT(server_.sizes, testing::Each(1u));
    EXPECT_LE(server_.sizes.size(), 18u);
    EXPECT_GE(server_.sizes.size(), 10u);
    append(1);  // the others still go at once
    live(5min);
    EXPECT_EQ(server_.held.count(6), 1u);
    server_.unreadable.clear();
    live(25h);
    expect_all_held_once();
    EXPECT_EQ(courier_.status().stuck, 0);
    EXPECT_EQ(waiting(), 0);
}

TEST_F(CourierTest, AServerThatRefusesEverythingIsNotFlooded) {
    server_.refuses_all = true;
    append(300);
    live(24h);
    EXPECT_EQ(waiting(), 300);
    EXPECT_LT(server_.requests, 24 * 12 + 30);
    server_.refuses_all = false;
    live(48h);
    expect_all_held_once();
}

TEST_F(CourierTest, ASmallerLimitOfTheServerIsFound) {
    server_.takes = 7;
    append(60);
    live(10min);
    expect_all_held_once();
    EXPECT_EQ(courier_.status().stuck, 0);
}

TEST_F(CourierTest, ALineTooSlowForAFullBatchGetsSmallerOnes) {
    server_.answers_in_time = 10;
    append(100);
    live(30min);
    expect_all_held_once();
}

TEST_F(CourierTest, RetryAfterIsKeptEvenInAHurry) {
    server_.faults = {Fault::Busy};
    append(1);
    EXPECT_EQ(courier_.step(Pace::Hurried), 90s);
    live(89s, Pace::Hurried);
    EXPECT_EQ(server_.requests, 1);
    live(2s, Pace::Hurried);
    expect_all_held_once();
}

TEST_F(CourierTest, AHurryShortensOurOwnRest) {
    server_.absent = true;
    append(1);
    live(1h);
    EXPECT_LE(courier_.step(Pace::Hurried), 1s);
    server_.absent = false;
    live(2s, Pace::Hurried);
    expect_all_held_once();
}

TEST_F(CourierTest, ARevokedKioskKeepsItsAnswersUntilItIsEnrolledAgain) {
    server_.known_token = std::string(64, 'b');
    append(3);
    live(2h);
    EXPECT_EQ(waiting(), 3);
    EXPECT_THAT(courier_.status().last_error, testing::HasSubstr("enrol"));
    const int before = server_.requests;
    enrol_with('b');
    EXPECT_EQ(courier_.step(), 1min);  // at once: the old rest was for the old credential
    EXPECT_EQ(server_.requests, before + 1);
    expect_all_held_once();
}

TEST_F(CourierTest, AKioskThatIsNotEnrolledYetOnlyWaits) {
    TestKiosk fresh;
    ASSERT_TRUE(append_one(fresh.outbox, "one", clock_.wall()));
    Courier courier(fresh.outbox, fresh.keys, server_, clock_, [] { return 0.0; });
    EXPECT_GT(courier.step(), 0ms);
    EXPECT_FALSE(courier.status().enrolled);
    EXPECT_EQ(courier.status().waiting_envelopes, 1);
    EXPECT_EQ(server_.requests, 0);
}

TEST_F(CourierTest, AnEnrolmentThatIsNotProvenYetIsProvenBeforeAnythingIsSent) {
    server_.enrols(outbox_, keys_, 'a', false);
    server_.opens = false;
    append(2);
    live(1min);
    EXPECT_FALSE(courier_.status().enrolled);
    EXPECT_THAT(courier_.status().last_error, testing::HasSubstr("cannot open"));
    EXPECT_THAT(server_.urls, testing::Each(testing::EndsWith("/v1/canary")));
    EXPECT_LT(server_.requests, 8);  // with back-off
    server_.opens = true;
    live(6min);
    EXPECT_TRUE(courier_.status().enrolled);
    EXPECT_EQ(key_to_seal_to(keys_).value(), server_.sealing.public_key());
    expect_all_held_once();
}

TEST_F(CourierTest, AReplacedOutboxIsToldToStaffAndSendsNothing) {
    TestKiosk other;
    ASSERT_TRUE(append_one(other.outbox, "one", clock_.wall()));
    Courier courier(other.outbox, keys_, server_, clock_, [] { return 0.0; });
    EXPECT_GT(courier.step(), 0ms);
    EXPECT_FALSE(courier.status().enrolled);
    EXPECT_THAT(courier.status().last_error, testing::HasSubstr("kiosk.db was replaced"));
    EXPECT_EQ(courier.status().last_code, ErrorCode::Denied);
    EXPECT_EQ(server_.requests, 0);
}

TEST_F(CourierTest, PeopleCountResponsesAndOpeningsTravelToo) {
    server_.absent = true;
    ASSERT_TRUE(outbox_.append(std::vector<Payload>{{"opening", 0}, {"sealed", 1}}, clock_.wall()));
    live(1s);
    EXPECT_EQ(courier_.status().waiting_responses, 1);
    EXPECT_EQ(courier_.status().waiting_envelopes, 2);
    server_.absent = false;
    live(1min);
    EXPECT_EQ(server_.held.size(), 2u);
    EXPECT_EQ(courier_.status().waiting_envelopes, 0);
}

TEST_F(CourierTest, TheTransportTrustsWhatWasEnrolled) {
    Enrolment enrolment = server_.enrols(outbox_, keys_, 'c');
    enrolment.authority = "PEM";
    ASSERT_TRUE(keys_.set_enrolment(enrolment));
    (void)courier_.step();
    (void)courier_.step();
    EXPECT_EQ(server_.trusted, std::vector<std::string>{"PEM"});
}

TEST_F(CourierTest, ReceiptedPayloadsAreForgottenAfterAWeek) {
    append(1);
    live(6 * 24h);
    EXPECT_EQ(outbox_.forget_receipted(clock_.wall() - 24h * 5).value(), 1) << "still there";
    append(1);
    live(9 * 24h);
    EXPECT_EQ(outbox_.forget_receipted(clock_.wall()).value(), 0) << "forgotten by now";
    EXPECT_EQ(outbox_.state()->receipted_envelopes, 2);
}

}  // namespace
}  // namespace machikoe
