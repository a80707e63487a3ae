#include "app/writing/writing.h"

#include "app/plan/text_rules.h"
#include "app/writing/kana_composer.h"
#include "app/writing/mozc_session.h"

namespace machikoe {
namespace {

bool went_on(Outcome outcome) {
    return outcome == Outcome::Done || outcome == Outcome::Nothing;
}

}  // namespace

WritingEngines engines_of_this_machine() {
    WritingEngines engines;
    engines.kana = []() -> std::unique_ptr<KanaConverter> {
        auto session = MozcSession::open();
        if (!session) return nullptr;
        return std::move(*session);
    };
    if (auto pinyin = PinyinEngine::open()) engines.pinyin = std::move(*pinyin);
    return engines;
}

Writing::Writing(WritingEngines engines) : engines_(std::move(engines)) {}

Writing::~Writing() {
    forget();
}

std::span<const BoardKind> Writing::boards_of(Language language) {
    return machikoe::boards_of(language);
}

Status Writing::begin(Language language, std::size_t most_letters, std::string_view text) {
    for (auto& [kind, composer] : composers_) composer->forget();
    if (language != language_) composers_.erase(BoardKind::Pinyin);  // has a script of its own
    language_ = language;
    kind_ = boards_of(language).front();
    layer_ = Layer::Plain;
    most_letters_ = most_letters;
    composer();  // starts the converter
    return draft_.start_with(text, most_letters);
}

std::unique_ptr<Composer> Writing::made(BoardKind kind) {
    switch (kind) {
        case BoardKind::Kana:
            return kana_composer(engines_.kana ? engines_.kana() : nullptr);
        case BoardKind::Hangul:
            return hangul_composer();
        case BoardKind::Pinyin:
            return pinyin_composer(engines_.pinyin, language_ == Language::ZhHant
                                                        ? HanScript::Traditional
                                                        : HanScript::Simplified);
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

Outcome Writing::press(std::string_view id) {
    const Key* key = board_of(kind_, layer_).key(id);
    if (key == nullptr) return Outcome::Nothing;
    if (key->action == KeyAction::Shift || key->action == KeyAction::Signs) {
        const Layer other = key->action == KeyAction::Shift ? Layer::Shifted : Layer::Signs;
        layer_ = layer_ == other ? Layer::Plain : other;
        return Outcome::Done;
    }
    const Outcome outcome = composer().press(*key, draft_);
    const bool letter = key->action == KeyAction::Insert || key->action == KeyAction::Jamo;
    if (layer_ == Layer::Shifted && letter && outcome == Outcome::Done) layer_ = Layer::Plain;
    return outcome;
}

Outcome Writing::choose(std::size_t candidate) {
    return composer().choose(candidate, draft_);
}

Outcome Writing::commit() {
    return composer().commit(draft_);
}

Outcome Writing::use_board(BoardKind kind) {
    const Outcome outcome = commit();
    if (!went_on(outcome)) return outcome;
    kind_ = kind;
    layer_ = Layer::Plain;
    composer();
    return Outcome::Done;
}

Outcome Writing::insert(std::string_view phrase) {
    const Outcome outcome = commit();
    return went_on(outcome) ? draft_.append(phrase) : outcome;
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
    commit();
    return draft_.text();
}

void Writing::forget() {
    for (auto& [kind, composer] : composers_) composer->forget();
    composers_.clear();  // ends Mozc and clears its home away
    draft_.forget();
    layer_ = Layer::Plain;
}

}  // namespace machikoe
