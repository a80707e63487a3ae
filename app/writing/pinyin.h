// Pinyin: from letters to Chinese characters by libime, in simplified or traditional script.
//
// The engine is the dictionary and the language model (Debian packages libime-data,
// libime-data-language-model); it learns nothing and is shared by all composers.  Loading takes
// some 0.2 s, so a kiosk opens it at its start.  Traditional characters come from OpenCC.
#pragma once

#include <memory>

#include "app/base/result.h"
#include "app/writing/composer.h"

namespace machikoe {

enum class HanScript { Simplified, Traditional };

class PinyinEngine {
  public:
    /// Unavailable: the dictionaries are not there, or cannot be read.
    static Result<std::shared_ptr<PinyinEngine>> open();
    ~PinyinEngine();
    struct Parts;

  private:
    friend class PinyinComposer;
    explicit PinyinEngine(std::unique_ptr<Parts> parts);
    std::unique_ptr<Parts> parts_;
};

/// Without an engine (nullptr) letters stay letters, and conversion() says Unavailable.
std::unique_ptr<Composer> pinyin_composer(std::shared_ptr<PinyinEngine> engine, HanScript script);

}  // namespace machikoe
