#include "app/writing/kana_composer.h"

#include <unicode/uchar.h>

#include <algorithm>

#include "app/plan/text_rules.h"
#include "app/writing/letter_marks.h"

namespace machikoe {
namespace {

/// Kana in one go; Mozc's own limit is 256.
constexpr std::size_t kLongestReading = 100;

/// What the fonts of the kiosk show and an answer may hold: no emoji.
bool is_offered(const std::string& word) {
    if (fault_in_string(word)) return false;
    return std::ranges::none_of(code_points(word), [](char32_t c) {
        const auto point = static_cast<UChar32>(c);
        return u_hasBinaryProperty(point, UCHAR_EXTENDED_PICTOGRAPHIC) ||
               u_hasBinaryProperty(point, UCHAR_REGIONAL_INDICATOR) ||
               u_hasBinaryProperty(point, UCHAR_VARIATION_SELECTOR) || c == 0x200D;
    });
}

class KanaComposer final : public Composer {
  public:
    explicit KanaComposer(std::unique_ptr<KanaConverter> converter)
        : converter_(std::move(converter)) {}
    ~KanaComposer() override { forget(); }

    KeyOutcome press(const Key& key, Draft& draft) override {
        switch (key.action) {
            case KeyAction::Insert:
                return insert(key.text, draft);
            case KeyAction::Voiced:
                return mark(KanaMark::Voiced, draft);
            case KeyAction::HalfVoiced:
                return mark(KanaMark::HalfVoiced, draft);
            case KeyAction::Small:
                return mark(KanaMark::Small, draft);
            case KeyAction::Space:
                return space(draft);
            case KeyAction::Delete:
                return take_back(draft);
            case KeyAction::Convert:
                return convert();
            case KeyAction::NextPart:
                return next_part();
            case KeyAction::Commit:
                return commit(draft);
            default:
                return KeyOutcome::Nothing;
        }
    }

    KeyOutcome choose(std::size_t candidate, Draft& draft) override {
        if (candidate >= preedit_.candidates.size()) return KeyOutcome::Nothing;
        if (!preedit_.converted) return become_text(preedit_.candidates[candidate], draft);
        return show_converted([&] { return converter_->choose(places_[candidate]); });
    }

    KeyOutcome commit(Draft& draft) override {
        if (preedit_.empty()) return KeyOutcome::Nothing;
        return become_text(preedit_.text(), draft);
    }

    const Preedit& preedit() const override { return preedit_; }

    Conversion conversion() override {
        if (converter_ && converter_->state() == ConverterState::Ended) lose_converter();
        if (!converter_) return Conversion::Unavailable;
        return is_ready() ? Conversion::Ready : Conversion::Starting;
    }

    void forget() override {
        preedit_.forget();
        wipe(reading_);
        places_.clear();
    }

  private:
    bool is_ready() { return converter_ && converter_->state() == ConverterState::Ready; }

    KeyOutcome insert(const std::string& kana, Draft& draft) {
        if (preedit_.converted) {
            const KeyOutcome outcome = commit(draft);
            if (outcome != KeyOutcome::Done) return outcome;
        }
        const std::size_t length = code_points(reading_).size();
        if (length >= std::min(draft.room(), kLongestReading)) return KeyOutcome::Full;
        if (fault_in_string(kana)) return KeyOutcome::Refused;
        reading_ += kana;
        show_reading();
        return KeyOutcome::Done;
    }

    KeyOutcome mark(KanaMark kind, Draft& draft) {
        if (preedit_.converted) return KeyOutcome::Nothing;
        const std::string letter = reading_.empty() ? draft.last() : last_letter(reading_);
        const auto marked = with_kana_mark(letter, kind);
        if (!marked) return KeyOutcome::Nothing;
        if (reading_.empty()) return draft.replace_last(*marked);
        reading_.replace(reading_.size() - letter.size(), letter.size(), *marked);
        show_reading();
        return KeyOutcome::Done;
    }

    KeyOutcome space(Draft& draft) {
        const KeyOutcome outcome = commit(draft);
        const bool done = outcome == KeyOutcome::Done || outcome == KeyOutcome::Nothing;
        return done ? draft.append("\u3000") : outcome;  // as wide as a kana
    }

    KeyOutcome take_back(Draft& draft) {
        if (reading_.empty()) return draft.remove_last();
        if (!preedit_.converted)
            reading_.resize(reading_.size() - last_letter(reading_).size());
        else if (is_ready() && !converter_->drop())
            lose_converter();
        show_reading();
        return KeyOutcome::Done;
    }

    KeyOutcome convert() {
        if (reading_.empty() || !is_ready()) return KeyOutcome::Nothing;
        if (!preedit_.converted)
            return show_converted([&] { return converter_->convert(reading_); });
        if (places_.empty()) return KeyOutcome::Nothing;
        const std::size_t next = preedit_.chosen ? *preedit_.chosen + 1 : 0;
        return show_converted([&] { return converter_->choose(places_[next % places_.size()]); });
    }

    KeyOutcome next_part() {
        if (!preedit_.converted || !is_ready()) return KeyOutcome::Nothing;
        const std::size_t next = (preedit_.focused + 1) % preedit_.parts.size();
        return show_converted([&] { return converter_->focus(next); });
    }

    /// The text, and nothing is being composed.  When it does not fit, all stays as it was.
    KeyOutcome become_text(const std::string& text, Draft& draft) {
        const KeyOutcome outcome = draft.append(text);
        if (outcome != KeyOutcome::Done) return outcome;
        forget();
        if (is_ready() && !converter_->drop()) lose_converter();
        return outcome;
    }

    void show_reading() {
        preedit_.forget();
        places_.clear();
        if (reading_.empty()) {
            if (is_ready() && !converter_->drop()) lose_converter();
            return;
        }
        preedit_.parts = {reading_};
        if (!is_ready()) return;
        const auto words = converter_->suggest(reading_);
        if (!words) return lose_converter();
        for (const std::string& word : *words) offer(word, 0);
        places_.clear();
    }

    template <class Work>
    KeyOutcome show_converted(Work&& work) {
        if (!is_ready()) return KeyOutcome::Nothing;
        const Result<Converted> converted = work();
        if (!converted || converted->parts.empty()) {
            lose_converter();
            show_reading();
            return KeyOutcome::Nothing;
        }
        preedit_.forget();
        places_.clear();
        preedit_.parts = converted->parts;
        preedit_.focused = converted->focused;
        preedit_.converted = true;
        for (std::size_t i = 0; i < converted->candidates.size(); ++i) {
            if (i == converted->chosen && offer(converted->candidates[i], i))
                preedit_.chosen = preedit_.candidates.size() - 1;
            else if (i != converted->chosen)
                offer(converted->candidates[i], i);
        }
        return KeyOutcome::Done;
    }

    /// False: not fit to be shown, there already, or one too many.
    bool offer(const std::string& word, std::size_t place) {
        auto& offered = preedit_.candidates;
        if (offered.size() >= kMostCandidates || !is_offered(word)) return false;
        if (std::ranges::find(offered, word) != offered.end()) return false;
        if (!preedit_.converted && word == reading_) return false;  // Commit does that
        offered.push_back(word);
        places_.push_back(place);
        return true;
    }

    /// Ends its processes and what they hold.
    void lose_converter() {
        converter_.reset();
        if (preedit_.converted) show_reading();
    }

    std::unique_ptr<KanaConverter> converter_;
    std::string reading_;
    Preedit preedit_;
    std::vector<std::size_t> places_;  // of the candidates of a part, in the converter's list
};

}  // namespace

std::unique_ptr<Composer> kana_composer(std::unique_ptr<KanaConverter> converter) {
    return std::make_unique<KanaComposer>(std::move(converter));
}

}  // namespace machikoe
