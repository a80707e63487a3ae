// Writing: how one person writes free text, from the first key to the answer.
//
// What a screen needs: which boards this language has, the keys of the one in use, what is written
// and what is still being composed, candidates, and whether conversion is there.  Every touch goes
// in by press(), choose() or use_board(); view() is what came of it.
//
// One object per kiosk, one person at a time: begin() when somebody starts to write, forget() when
// the visit ends, whichever way.  After forget() nothing of that person is in this object, in a
// process that it started, or in a file.  The text is nowhere but here until finish() hands it
// over.
//
// Belongs to the UI's thread; no call takes longer than Mozc's reply deadline (0.6 s, and
// milliseconds when all is well).
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "app/plan/language.h"
#include "app/survey/contact_details.h"
#include "app/writing/composer.h"
#include "app/writing/kana_converter.h"
#include "app/writing/pinyin.h"
#include "app/writing/wish.h"

namespace machikoe {

struct WritingEngines {
    /// A new converter for each person; nullptr where there is none.  kiosk: mozc_for_one_person.
    std::function<std::unique_ptr<KanaConverter>()> kana;
    /// The same engine each time; nullptr where there is none.  The first call may take 0.2 s.
    std::function<std::shared_ptr<PinyinEngine>()> pinyin;
};
/// What this machine has.  The dictionaries of pinyin are loaded when first asked for.
WritingEngines engines_of_this_machine();

struct WritingView {
    const Board* board = nullptr;  // with the layer that is on
    std::string text;              // ends where the preedit stands
    Preedit preedit;
    Conversion conversion = Conversion::NotNeeded;
    std::size_t letters = 0, most_letters = 0;  // preedit included in letters
    std::vector<ContactFinding> contacts;       // in text and preedit together
};

class Writing {
  public:
    explicit Writing(WritingEngines engines);
    ~Writing();

    /// A question's text, empty or written before.  Invalid: that is no answer to this question;
    /// then it begins empty.
    Status begin(Language language, std::size_t most_letters, std::string_view text = {});

    KeyOutcome press(std::string_view key);  // Key::id
    KeyOutcome choose(std::size_t candidate);
    /// Composing ends first.
    KeyOutcome use_board(BoardKind kind);
    /// A ready-made phrase, whole; after a space where words are written apart.
    KeyOutcome insert(std::string_view phrase);
    KeyOutcome take(const WritingWish& wish);
    WritingView view();

    /// The text with whatever was being composed; converted words that have no room as the kana
    /// that they were.  It stays here as well, until begin() or forget().
    std::string finish();
    void forget();

  private:
    std::shared_ptr<PinyinEngine> pinyin() const;
    Composer& composer();
    std::unique_ptr<Composer> made(BoardKind kind);
    KeyOutcome commit();
    bool writes_words_apart() const;

    WritingEngines engines_;
    Language language_ = Language::Ja;
    BoardKind kind_ = BoardKind::Kana;
    Layer layer_ = Layer::Plain;
    std::size_t most_letters_ = 0;
    Draft draft_;
    std::map<BoardKind, std::unique_ptr<Composer>> composers_;  // of this person
};

}  // namespace machikoe
