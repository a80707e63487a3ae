// KanaComposer: hiragana from the board of fifty sounds, and kanji where there is a converter.
//
//   typing       kana: longer, with words that begin so    Convert: converted (converter Ready)
//                a candidate: becomes text                 Commit, Space: the kana become text
//   converted    Convert: the next candidate               NextPart: the next part
//                Delete: typing again                      Commit, or a kana: becomes text
//
// The kana are held here, so nothing is lost when the converter ends in the middle of a word; from
// then on conversion() is Unavailable and everything stays kana, as without a converter.
#pragma once

#include <memory>

#include "app/writing/composer.h"
#include "app/writing/kana_converter.h"

namespace machikoe {

/// `converter` may be nullptr.
std::unique_ptr<Composer> kana_composer(std::unique_ptr<KanaConverter> converter);

}  // namespace machikoe
