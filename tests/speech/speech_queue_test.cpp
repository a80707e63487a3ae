// SpeechQueue: what interrupts what, with a clock that a test moves.
#include "app/speech/speech_queue.h"

#include <gtest/gtest.h>

namespace machikoe {
namespace {

/// "play question", "stop", …; "" for nothing.
std::string told(const std::optional<SpeechCommand>& command) {
    if (!command) return "";
    if (const auto* play = std::get_if<speech::Play>(&*command))
        return "play " + play->utterance.id;
    if (std::holds_alternative<speech::Repeat>(*command)) return "repeat";
    if (std::holds_alternative<speech::Pause>(*command)) return "pause";
    if (std::holds_alternative<speech::Resume>(*command)) return "resume";
    return "stop";
}

class SpeechQueueTest : public testing::Test {
  protected:
    std::string answer(const std::string& id) { return say(id, Urgency::Answer); }
    std::string notice(const std::string& id) { return say(id, Urgency::Notice); }
    std::string action() { return told(queue_.action()); }
    std::string repeat() { return told(queue_.repeat(now_)); }
    std::string pause() { return told(queue_.pause_or_resume(now_)); }
    std::string forget() { return told(queue_.forget()); }
    std::string speaking() { return told(queue_.tick(SpeechState::Speaking, now_)); }
    std::string ended() { return told(queue_.tick(SpeechState::Ended, now_)); }
    void wait(int milliseconds) { now_ += Milliseconds{milliseconds}; }

    SpeechQueue queue_{Milliseconds{250}};
    Milliseconds now_{10'000};

  private:
    std::string say(const std::string& id, Urgency urgency) {
        return told(queue_.say({id, {Pcm{}}}, urgency, now_));
    }
};

TEST_F(SpeechQueueTest, AnAnswerCutsInOnEverything) {
    EXPECT_EQ(answer("a"), "play a");
    EXPECT_EQ(answer("b"), "play b");
    EXPECT_EQ(answer("c"), "play c");
}

TEST_F(SpeechQueueTest, ANoticeWaitsForTheEnd) {
    EXPECT_EQ(notice("saved"), "play saved");
    wait(1'000);
    EXPECT_EQ(notice("first"), "");
    EXPECT_EQ(notice("second"), "");
    EXPECT_EQ(speaking(), "");
    EXPECT_EQ(ended(), "play first");
    EXPECT_EQ(speaking(), "");
    EXPECT_EQ(ended(), "play second");
    EXPECT_EQ(ended(), "");
}

TEST_F(SpeechQueueTest, ANoticeIsInLineOnce) {
    answer("a");
    EXPECT_EQ(notice("saved"), "");
    EXPECT_EQ(notice("saved"), "");
    EXPECT_EQ(ended(), "play saved");
    EXPECT_EQ(notice("saved"), "");  // it is being said
    EXPECT_EQ(ended(), "");
}

TEST_F(SpeechQueueTest, TheOldestNoticeGivesWay) {
    answer("a");
    for (int i = 0; i < 9; ++i) notice("n" + std::to_string(i));
    EXPECT_EQ(ended(), "play n1");
    for (int i = 2; i < 9; ++i) EXPECT_EQ(ended(), "play n" + std::to_string(i));
    EXPECT_EQ(ended(), "");
}

TEST_F(SpeechQueueTest, AnActionEndsSpeechAndNoNoticeIsLost) {
    EXPECT_EQ(action(), "");
    answer("a");
    notice("saved");
    EXPECT_EQ(action(), "stop");
    EXPECT_EQ(action(), "");
    EXPECT_EQ(answer("b"), "play b");
    EXPECT_EQ(ended(), "play saved");
}

TEST_F(SpeechQueueTest, RepeatWorksDuringAfterAndAfterAStop) {
    EXPECT_EQ(repeat(), "");
    answer("a");
    wait(1'000);
    EXPECT_EQ(repeat(), "repeat");
    EXPECT_EQ(ended(), "");
    wait(1'000);
    EXPECT_EQ(repeat(), "repeat");
    EXPECT_EQ(action(), "stop");
    wait(1'000);
    EXPECT_EQ(repeat(), "repeat");
    EXPECT_EQ(speaking(), "");
    EXPECT_EQ(action(), "stop");
}

TEST_F(SpeechQueueTest, ATremblingHandIsOneRequest) {
    EXPECT_EQ(answer("a"), "play a");
    wait(249);
    EXPECT_EQ(answer("a"), "");
    wait(1);
    EXPECT_EQ(answer("a"), "play a");
    wait(1'000);
    EXPECT_EQ(repeat(), "repeat");
    wait(249);
    EXPECT_EQ(repeat(), "");
    wait(1);
    EXPECT_EQ(repeat(), "repeat");
    EXPECT_EQ(pause(), "pause");
    wait(249);
    EXPECT_EQ(pause(), "");
    wait(1);
    EXPECT_EQ(pause(), "resume");
}

TEST_F(SpeechQueueTest, QuickMovesToOtherItemsAreAllHeard) {
    EXPECT_EQ(answer("a"), "play a");
    wait(50);
    EXPECT_EQ(answer("b"), "play b");
    wait(50);
    EXPECT_EQ(answer("a"), "play a");
}

TEST_F(SpeechQueueTest, TheSameAgainAfterAnActionIsHeard) {
    EXPECT_EQ(answer("a"), "play a");
    wait(50);
    EXPECT_EQ(action(), "stop");
    EXPECT_EQ(answer("a"), "play a");
}

TEST_F(SpeechQueueTest, DebounceIsHalfASecondAtMost) {
    SpeechQueue slow(Milliseconds{60'000});
    EXPECT_EQ(told(slow.say({"a", {Pcm{}}}, Urgency::Answer, now_)), "play a");
    EXPECT_EQ(told(slow.say({"a", {Pcm{}}}, Urgency::Answer, now_ + Milliseconds{499})), "");
    EXPECT_EQ(told(slow.say({"a", {Pcm{}}}, Urgency::Answer, now_ + Milliseconds{500})), "play a");
}

TEST_F(SpeechQueueTest, APauseEndsWithWhateverIsSaidNext) {
    EXPECT_EQ(pause(), "");
    answer("a");
    EXPECT_EQ(pause(), "pause");
    notice("saved");
    EXPECT_EQ(told(queue_.tick(SpeechState::Paused, now_)), "");
    wait(1'000);
    EXPECT_EQ(answer("b"), "play b");
    EXPECT_EQ(pause(), "pause");
    EXPECT_EQ(action(), "stop");
    EXPECT_EQ(ended(), "play saved");
}

TEST_F(SpeechQueueTest, WhatTheSpeakerRefusedIsOver) {
    answer("private");
    notice("saved");
    EXPECT_EQ(told(queue_.tick(SpeechState::Nothing, now_)), "play saved");
    EXPECT_EQ(told(queue_.tick(SpeechState::Stopped, now_)), "");
}

TEST_F(SpeechQueueTest, NothingIsLeftForTheNextPerson) {
    answer("a");
    notice("saved");
    EXPECT_EQ(forget(), "stop");
    EXPECT_EQ(ended(), "");
    EXPECT_EQ(repeat(), "");
    EXPECT_EQ(forget(), "");
    EXPECT_EQ(answer("a"), "play a");  // no bounce of the last person's
}

TEST_F(SpeechQueueTest, CommandsReachTheSpeaker) {
    Speaker speaker;
    const auto run = [&](std::optional<SpeechCommand> command) {
        return carry_out(std::move(command.value()), speaker);
    };
    EXPECT_EQ(run(queue_.say({"a", {Pcm{}}}, Urgency::Answer, now_)).error().code,
              ErrorCode::Denied);
    speaker.set_headphones(true);
    wait(1'000);
    EXPECT_TRUE(run(queue_.say({"a", {Pcm{}}}, Urgency::Answer, now_)));
    EXPECT_EQ(speaker.progress().state, SpeechState::Speaking);
    EXPECT_TRUE(run(queue_.pause_or_resume(now_)));
    EXPECT_EQ(speaker.progress().state, SpeechState::Paused);
    wait(1'000);
    EXPECT_TRUE(run(queue_.pause_or_resume(now_)));
    EXPECT_EQ(speaker.progress().state, SpeechState::Speaking);
    EXPECT_TRUE(run(queue_.action()));
    EXPECT_EQ(speaker.progress().state, SpeechState::Stopped);
    EXPECT_TRUE(run(queue_.repeat(now_)));
    EXPECT_EQ(speaker.progress().state, SpeechState::Speaking);
}

}  // namespace
}  // namespace machikoe
