// The only file that knows libime and OpenCC; both throw.
#include "app/writing/pinyin.h"

#include <libime/core/languagemodel.h>
#include <libime/core/userlanguagemodel.h>
#include <libime/pinyin/pinyincontext.h>
#include <libime/pinyin/pinyindictionary.h>
#include <libime/pinyin/pinyinime.h>
#include <opencc/SimpleConverter.hpp>

#include <algorithm>
#include <exception>

namespace machikoe {
namespace {

constexpr const char* kDictionary = "/usr/share/libime/sc.dict";
/// Letters; longer than any sentence that libime was made for, short enough for 3 ms a key.
constexpr std::size_t kLongestPinyin = 60;

/// Letters, and the apostrophe that keeps syllables apart once there are some.
bool is_pinyin(std::string_view text, bool composing) {
    return text.size() == 1 &&
           ((text[0] >= 'a' && text[0] <= 'z') || (text[0] == '\'' && composing));
}

}  // namespace

struct PinyinEngine::Parts {
    std::unique_ptr<libime::PinyinIME> ime;
    std::unique_ptr<opencc::SimpleConverter> traditional;
};

PinyinEngine::PinyinEngine(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
PinyinEngine::~PinyinEngine() = default;

Result<std::shared_ptr<PinyinEngine>> PinyinEngine::open() {
    try {
        auto dictionary = std::make_unique<libime::PinyinDictionary>();
        dictionary->load(libime::PinyinDictionary::SystemDict, kDictionary,
                         libime::PinyinDictFormat::Binary);
        auto& resolver = libime::DefaultLanguageModelResolver::instance();
        auto model = std::make_unique<libime::UserLanguageModel>(
            resolver.languageModelFileForLanguage("zh_CN"));
        auto parts = std::make_unique<Parts>();
        parts->ime = std::make_unique<libime::PinyinIME>(std::move(dictionary), std::move(model));
        parts->traditional = std::make_unique<opencc::SimpleConverter>("s2tw.json");
        return std::shared_ptr<PinyinEngine>(new PinyinEngine(std::move(parts)));
    } catch (const std::exception&) {
        return fail(ErrorCode::Unavailable,
                    "the dictionaries for pinyin cannot be read (Debian packages libime-data, "
                    "libime-data-language-model, libopencc-data)");
    }
}

class PinyinComposer final : public Composer {
  public:
    PinyinComposer(std::shared_ptr<PinyinEngine> engine, HanScript script)
        : engine_(std::move(engine)), script_(script) {
        if (engine_) context_ = std::make_unique<libime::PinyinContext>(engine_->parts_->ime.get());
    }
    ~PinyinComposer() override { forget(); }

    KeyOutcome press(const Key& key, Draft& draft) override {
        return guarded([&] { return pressed(key, draft); });
    }
    KeyOutcome choose(std::size_t candidate, Draft& draft) override {
        if (candidate >= places_.size()) return KeyOutcome::Nothing;
        return guarded([&] {
            context_->select(places_[candidate]);
            const KeyOutcome outcome =
                context_->selected() ? commit_selected(draft) : KeyOutcome::Done;
            if (outcome != KeyOutcome::Done) context_->cancel();
            show();
            return outcome;
        });
    }
    KeyOutcome commit(Draft& draft) override {
        if (preedit_.empty()) return KeyOutcome::Nothing;
        return guarded([&] {
            const std::string sentence = context_->sentence();
            const KeyOutcome outcome =
                draft.append(in_script(sentence.empty() ? context_->userInput() : sentence));
            if (outcome == KeyOutcome::Done) forget();
            return outcome;
        });
    }
    const Preedit& preedit() const override { return preedit_; }
    Conversion conversion() override {
        return context_ ? Conversion::Ready : Conversion::Unavailable;
    }
    void forget() override {
        if (context_) context_->clear();
        preedit_.forget();
        places_.clear();
    }

  private:
    /// What libime throws ends what was being composed, and nothing else.
    template <class Work>
    KeyOutcome guarded(Work&& work) {
        try {
            return work();
        } catch (const std::exception&) {
            forget();
            return KeyOutcome::Refused;
        }
    }

    KeyOutcome pressed(const Key& key, Draft& draft) {
        const bool composing = !preedit_.empty();
        switch (key.action) {
            case KeyAction::Insert:
                if (context_ && is_pinyin(key.text, composing)) return type(key.text, draft);
                return after_commit(key.text, draft);
            case KeyAction::Space:
                return composing ? commit(draft) : draft.append(" ");
            case KeyAction::Delete:
                return composing ? take_back() : draft.remove_last();
            case KeyAction::Commit:
                return commit(draft);
            default:
                return KeyOutcome::Nothing;
        }
    }

    KeyOutcome type(const std::string& letter, const Draft& draft) {
        if (draft.room() == 0 || context_->size() >= kLongestPinyin) return KeyOutcome::Full;
        context_->type(letter);
        show();
        return KeyOutcome::Done;
    }
    KeyOutcome take_back() {
        if (context_->selectedLength() > 0)
            context_->cancel();
        else
            context_->backspace();
        show();
        return KeyOutcome::Done;
    }
    KeyOutcome after_commit(std::string_view text, Draft& draft) {
        const KeyOutcome outcome = commit(draft);
        const bool done = outcome == KeyOutcome::Done || outcome == KeyOutcome::Nothing;
        return done ? draft.append(text) : outcome;
    }
    KeyOutcome commit_selected(Draft& draft) {
        const KeyOutcome outcome = draft.append(in_script(context_->selectedSentence()));
        if (outcome == KeyOutcome::Done) context_->clear();
        return outcome;
    }

    void show() {
        preedit_.forget();
        places_.clear();
        if (context_->empty()) return;
        preedit_.parts.push_back(in_script(context_->preedit(libime::PinyinPreeditMode::RawText)));
        const auto& found = context_->candidates();
        for (std::size_t i = 0; i < found.size() && places_.size() < kMostCandidates; ++i) {
            std::string words = in_script(found[i].toString());
            if (std::ranges::find(preedit_.candidates, words) != preedit_.candidates.end())
                continue;
            preedit_.candidates.push_back(std::move(words));
            places_.push_back(i);
        }
    }

    std::string in_script(const std::string& simplified) const {
        if (script_ == HanScript::Simplified) return simplified;
        return engine_->parts_->traditional->Convert(simplified);
    }

    std::shared_ptr<PinyinEngine> engine_;
    HanScript script_;
    std::unique_ptr<libime::PinyinContext> context_;
    Preedit preedit_;
    std::vector<std::size_t> places_;  // of the candidates, in libime's list
};

std::unique_ptr<Composer> pinyin_composer(std::shared_ptr<PinyinEngine> engine, HanScript script) {
    return std::make_unique<PinyinComposer>(std::move(engine), script);
}

}  // namespace machikoe
