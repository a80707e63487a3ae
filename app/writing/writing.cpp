#include "app/writing/writing.h"

#include <utility>

#include "app/plan/text_rules.h"
#include "app/writing/kana_composer.h"
#include "app/writing/mozc_session.h"

namespace machikoe {
namespace {

bool went_on(KeyOutcome outcome) {
    return outcome == KeyOutcome::Done || outcome == KeyOutcome::Nothing;
}

}  // namespace

WritingEngines engines_of_this_machine() {
    WritingEngines engines;
    engines.kana = []() -> std::unique_ptr<KanaConverter> {
        auto session = MozcSession::open();
        if (!session) return nullptr;
        return std::move(*session);
    };
    struct Opened {
        bool is_tried = false;
        std::shared_ptr<PinyinEngine> engine;
    };
    engines.pinyin = [opened = std::make_shared<Opened>()] {
        if (!std::exchange(opened->is_tried, true))
            if (auto pinyin = PinyinEngine::open()) opened->engine = std::move(*pinyin);
        return opened->engine;
    };
    return engines;
}

Writing::Writing(WritingEngines engines) : engines_(std::move(engines)) {}

Writing::~Writing() {
    forget();
}

Status Writing::begin(Language language, std::size_t most_letters, std::string_view text) {
    for (auto& [kind, composer] : composers_) composer->forget();
    language_ = language;
    kind_ = boards_of(language).front();
    layer_ = Layer::Plain;
    most_letters_ = most_letters;
    composer();  // starts the converter
    return draft_.start_with(text, most_letters);
}

std::shared_ptr<PinyinEngine> Writing::pinyin() const {
    return engines_.pinyin ? engines_.pinyin() : nullptr;
}

std::unique_ptr<Composer> Writing::made(BoardKind kind) {
    switch (kind) {
        case BoardKind::Kana:
            return kana_composer(engines_.kana ? engines_.kana() : nullptr);
        case BoardKind::Hangul:
            return hangul_composer();
        case BoardKind::Pinyin:
            return pinyin_composer(pinyin(), HanScript::Simplified);
        case BoardKind::PinyinTraditional:
            return pinyin_composer(pinyin(), HanScript::Traditional);
        case BoardKind::Latin:
        case BoardKind::Vietnamese:
            break;
    }
    return direct_composer(kind);
}

Composer& Writing::composer() {
    auto& composer = composers_[kind_];
    if (!composer) composer = made(kind_);
    return *composer;
}

KeyOutcome Writing::press(std::string_view id) {
    const Key* key = board_of(kind_, layer_).key(id);
    if (key == nullptr) return KeyOutcome::Nothing;
    if (key->action == KeyAction::Shift || key->action == KeyAction::Signs) {
        const Layer other = key->action == KeyAction::Shift ? Layer::Shifted : Layer::Signs;
        layer_ = layer_ == other ? Layer::Plain : other;
        return KeyOutcome::Done;
    }
    const KeyOutcome outcome = composer().press(*key, draft_);
    const bool letter = key->action == KeyAction::Insert || key->action == KeyAction::Jamo;
    if (layer_ == Layer::Shifted && letter && outcome == KeyOutcome::Done) layer_ = Layer::Plain;
    return outcome;
}

KeyOutcome Writing::choose(std::size_t candidate) {
    return composer().choose(candidate, draft_);
}

KeyOutcome Writing::commit() {
    return composer().commit(draft_);
}

KeyOutcome Writing::use_board(BoardKind kind) {
    const KeyOutcome outcome = commit();
    if (!went_on(outcome)) return outcome;
    kind_ = kind;
    layer_ = Layer::Plain;
    composer();
    return KeyOutcome::Done;
}

KeyOutcome Writing::insert(std::string_view phrase) {
    const KeyOutcome outcome = commit();
    if (!went_on(outcome)) return outcome;
    const bool apart = writes_words_apart() && draft_.length() > 0 && draft_.last() != " ";
    return draft_.append((apart ? " " : "") + std::string(phrase));
}

KeyOutcome Writing::take(const WritingWish& wish) {
    if (const auto* key = std::get_if<writing_wish::Press>(&wish)) return press(key->key);
    if (const auto* one = std::get_if<writing_wish::Choose>(&wish)) return choose(one->candidate);
    if (const auto* use = std::get_if<writing_wish::UseBoard>(&wish)) return use_board(use->board);
    return insert(std::get<writing_wish::Insert>(wish).phrase);
}

bool Writing::writes_words_apart() const {
    return language_ == Language::En || language_ == Language::Ko || language_ == Language::Vi;
}

WritingView Writing::view() {
    WritingView view;
    view.conversion = composer().conversion();  // first: it may find that the converter has ended
    view.board = &board_of(kind_, layer_);
    view.text = draft_.text();
    view.preedit = composer().preedit();
    view.letters = draft_.length() + code_points(view.preedit.text()).size();
    view.most_letters = most_letters_;
    view.contacts = contact_findings(view.text + view.preedit.text());
    return view;
}

std::string Writing::finish() {
    if (commit() == KeyOutcome::Full && composer().preedit().converted) {
        press("delete");  // back to the reading, which had room
        commit();
    }
    return draft_.text();
}

void Writing::forget() {
    for (auto& [kind, composer] : composers_) composer->forget();
    composers_.clear();  // ends Mozc and clears its home away
    draft_.forget();
    layer_ = Layer::Plain;
}

}  // namespace machikoe
