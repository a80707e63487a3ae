// ClipFinder: which clips say a text that stands on the screen.
//
// A text is found as a whole; else as one of the program's with its slots filled in, what fills
// them found in the same way; else in pieces, at line ends and after commas and stops.  Numbers are
// put together.  What is found says everything: a text of which any part has no clip has none.
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "app/base/result.h"
#include "app/voice/clip_store.h"
#include "app/voice/speech_source.h"

namespace machikoe {

class ClipFinder {
  public:
    using Clips = std::vector<std::filesystem::path>;  // said one after the other

    /// Reads strings, lexicons and indices, opens no clip.  Errors as load_speech() and
    /// load_clip_index().  Takes a while (docs/voice.md): not for the thread that draws.
    static Result<ClipFinder> load(const SpeechPlaces& places, const Pack& pack);

    /// Those in which every prompt has a clip: speech is offered in these.
    const std::set<Language>& languages() const { return languages_; }

    /// `text` as a person sees it, without ruby.  Empty: nothing of it makes a sound.  nullopt:
    /// something has no clip.
    std::optional<Clips> clips_of(std::string_view text, Language language) const;

  private:
    struct Part {
        std::string text;  // as it is seen; empty for a slot
        Clips clips;       // none: makes no sound
        bool is_slot = false;
        std::string counter;
    };
    struct Template {
        std::vector<Part> parts;
        std::size_t letters = 0;  // outside of slots
    };
    struct Words {
        std::map<std::string, std::filesystem::path, std::less<>> whole;  // by what is seen
        std::map<std::string, std::filesystem::path, std::less<>> numbers;
        std::vector<Template> templates;  // the most telling first
    };
    class Search;

    bool add_source(const SpeechSource& source, const ClipIndex& index, Language language);
    Status add_templates(const std::filesystem::path& strings, Language language);

    std::map<Language, Words> words_;
    std::set<Language> languages_;
};

}  // namespace machikoe
