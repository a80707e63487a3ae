#include "app/voice/speech_source.h"

#include "app/voice/clip_store.h"

namespace machikoe {
std::vector<std::string> contradictions_in(const SpeechSource& source) {
    std::vector<std::string> all;
    for (const auto& [language, prompts] : source.prompts) {
        if (!is_japanese(language)) continue;
        for (const Prompt& prompt : prompts)
            for (const std::string& found : source.lexicon.contradictions(prompt.text))
                all.push_back(std::string(tag_of(language)) + "/" + prompt.key + ": " + found);
    }
    return all;
}

Result<Lexicon> load_lexicon(const SpeechPlaces& places, const Plan& plan) {
    Lexicon lexicon;
    if (auto added = lexicon.add_file(places.assets / "voice" / kLexiconFile); !added)
        return tl::unexpected(added.error());
    lexicon.add_glossary(plan.glossary);
    if (auto added = lexicon.add_file(places.pack / "voice" / kLexiconFile); !added)
        return tl::unexpected(added.error());
    return lexicon;
}

Result<std::vector<SpeechSource>> load_speech(const SpeechPlaces& places, const Pack& pack) {
    // The program's words are the same in every ward, so no pack may change how they are read.
    Lexicon own;
    if (auto added = own.add_file(places.assets / "voice" / kLexiconFile); !added)
        return tl::unexpected(added.error());
    auto lexicon = load_lexicon(places, pack.plan);
    if (!lexicon) return tl::unexpected(lexicon.error());
    const bool beside = places.clips.empty();
    SpeechSource program{"program", beside ? places.assets / "voice" : places.clips / "program"};
    SpeechSource of_pack{pack.plan.id, beside ? places.pack / "voice" : places.clips / "pack"};
    for (const Language language : pack.plan.languages) {
        auto words = program_prompts(places.assets / "strings", language, own);
        if (!words) return tl::unexpected(words.error());
        program.prompts[language] = *std::move(words);
        of_pack.prompts[language] = pack_prompts(pack.plan, pack.survey, language, *lexicon);
    }
    program.lexicon = std::move(own);
    of_pack.lexicon = *std::move(lexicon);
    std::vector<SpeechSource> sources;
    sources.push_back(std::move(program));
    sources.push_back(std::move(of_pack));
    return sources;
}

}  // namespace machikoe
