// FakeOutput: remembers what it was told to say; each utterance lasts as long as it is told to.
#pragma once

#include <deque>
#include <set>
#include <string>
#include <vector>

#include "app/narration/spoken_output.h"

namespace machikoe {

class FakeOutput final : public SpokenOutput {
  public:
    bool speaks(Language language) const override { return languages.contains(language); }
    void say(std::string, Wording wording, Urgency urgency, Milliseconds now) override {
        if (urgency == Urgency::Notice && now < until_) {
            waiting_.push_back(std::move(wording));
            return;
        }
        begin(std::move(wording), now);
    }
    void hush() override { until_ = Milliseconds{0}; }
    void repeat(Milliseconds now) override { begin(last_, now); }
    void pause_or_resume(Milliseconds) override { is_paused = !is_paused; }
    bool goes_on(Milliseconds now) override {
        now_ = now;
        if (now >= until_ && !waiting_.empty()) {
            begin(waiting_.front(), now);
            waiting_.pop_front();
        }
        return now < until_;
    }
    bool is_speaking() const override { return now_ < until_ && !is_paused; }
    int change_volume(bool is_louder) override { return volume += is_louder ? 1 : -1; }
    int change_rate_percent(bool is_faster) override { return rate += is_faster ? 25 : -25; }
    bool are_headphones_in() const override { return headphones; }
    void set_loudspeaker(bool is_chosen) override { loudspeaker = is_chosen; }
    void forget() override {
        hush();
        waiting_.clear();
        last_.clear();
        volume = 5, rate = 100;
        ++forgotten;
    }

    /// What was said since the last call, an utterance each: "Back | button | 3 of 9".
    std::vector<std::string> heard() { return std::exchange(said_, {}); }
    /// All of it in one.
    std::string all_heard() {
        std::string all;
        for (const std::string& one : heard()) all += one + "\n";
        return all;
    }

    std::set<Language> languages = {Language::Ja, Language::JaEasy, Language::En};
    Milliseconds lasts{1'000};
    bool headphones = false, loudspeaker = false, is_paused = false;
    int volume = 5, rate = 100, forgotten = 0;
    Wording last_;  // with its marks

  private:
    void begin(Wording wording, Milliseconds now) {
        std::string line;
        for (const Words& words : wording) line += (line.empty() ? "" : " | ") + words.text;
        said_.push_back(line);
        last_ = std::move(wording);
        until_ = now + lasts;
        now_ = now;
    }

    std::vector<std::string> said_;
    std::deque<Wording> waiting_;
    Milliseconds until_{0}, now_{0};
};

}  // namespace machikoe
