#include "app/voice/prompts.h"

#include <algorithm>

#include "app/base/file.h"
#include "app/plan/sentences.h"
#include "app/plan/yaml_node.h"
#include "app/voice/numbers.h"
#include "app/voice/spoken_numbers.h"
#include "app/voice/synthesiser.h"
#include "app/writing/board.h"

namespace machikoe {
namespace {

std::string key_of_sentence(const std::string& key, std::size_t i, std::size_t count) {
    return count > 1 ? key + "#" + std::to_string(i + 1) : key;
}

class PackWalk {
  public:
    PackWalk(Language language, const Lexicon& lexicon) : language_(language), lexicon_(lexicon) {}

    std::vector<Prompt> take() { return std::move(found_); }

    void text(const std::string& key, const Text& text) {
        if (text.has(language_)) add(key, std::string(text.in(language_)), language_);
    }
    void official(const std::string& key, const std::string& text) { add(key, text, Language::Ja); }
    void statement(const std::string& key, const Statement& statement) {
        official(key + "/official", statement.official);
        text(key + "/plain", statement.plain);
    }
    void statements(const std::string& key, const std::vector<Statement>& all) {
        for (std::size_t i = 0; i < all.size(); ++i)
            statement(key + "/" + std::to_string(i + 1), all[i]);
    }
    void issue(const Issue& issue) {
        const std::string key = "issues/" + issue.id + "/";
        text(key + "short_title", issue.short_title);
        text(key + "one_sentence", issue.one_sentence);
        statement(key + "title", issue.title);
        statement(key + "overview", issue.overview);
        statement(key + "strategy/title", issue.strategy.title);
        statement(key + "strategy/description", issue.strategy.description);
        statement(key + "action/title", issue.action.title);
        statement(key + "action/description", issue.action.description);
        statements(key + "remaining", issue.remaining);
        text(key + "what_was_done", issue.what_was_done);
        text(key + "what_will_change", issue.what_will_change);
    }
    void question(const Question& question) {
        const std::string key = "survey/" + question.id + "/";
        text(key + "text", question.text);
        text(key + "note", question.note);
        for (const Option& option : question.options)
            text(key + "options/" + option.id, option.label);
        if (question.bounds) text(key + "bounds/message", question.bounds->message);
        text(key + "unit", question.unit);
        for (std::size_t i = 0; i < question.phrases.size(); ++i)
            text(key + "phrase/" + std::to_string(i + 1), question.phrases[i]);
    }

  private:
    void add(const std::string& key, const std::string& text, Language said_in) {
        const auto sentences = sentences_of(text);
        for (std::size_t i = 0; i < sentences.size(); ++i) {
            Spoken spoken = spoken_form(sentences[i], said_in, lexicon_);
            if (!spoken.silent())
                found_.push_back({language_, said_in, key_of_sentence(key, i, sentences.size()),
                                  sentences[i], std::move(spoken)});
        }
    }

    Language language_;
    const Lexicon& lexicon_;
    std::vector<Prompt> found_;
};

}  // namespace

std::vector<Prompt> pack_prompts(const Plan& plan, const Survey& survey, Language language,
                                 const Lexicon& lexicon) {
    PackWalk walk(language, lexicon);
    walk.text("pack/ward", plan.ward);
    walk.text("pack/title", plan.title);
    walk.official("pack/head", plan.head);
    if (plan.residents) walk.official("pack/facts/residents/source", plan.residents->source);
    walk.statement("policy/goal", plan.goal);
    walk.statement("policy/mission", plan.mission);
    walk.statements("policy/principles", plan.principles);
    walk.official("policy/reform/title", plan.reform_title);
    for (std::size_t i = 0; i < plan.reform.size(); ++i) {
        const std::string key = "policy/reform/rows/" + std::to_string(i + 1) + "/";
        walk.official(key + "item", plan.reform[i].item);
        walk.official(key + "content", plan.reform[i].content);
    }
    walk.text("policy/reform/plain", plan.reform_plain);
    walk.statements("policy/evaluation", plan.evaluation);
    for (const Issue& issue : plan.issues) walk.issue(issue);
    for (const GlossaryEntry& entry : plan.glossary) {
        walk.official("glossary/" + entry.id + "/term",
                      "{" + entry.term + "|" + entry.reading + "}");
        walk.text("glossary/" + entry.id + "/label", entry.label);
        walk.text("glossary/" + entry.id + "/meaning", entry.meaning);
    }
    walk.text("survey/purpose", survey.purpose);
    for (const Question& question : survey.questions) walk.question(question);
    for (const IndicatorDefinition& indicator : plan.indicators)
        walk.text("indicators/" + indicator.id + "/label", indicator.label);
    return walk.take();
}

std::vector<TemplatePart> split_template(std::string_view text, Language language) {
    std::vector<TemplatePart> parts;
    std::string said;
    const auto end_text = [&] {
        if (!said.empty()) parts.push_back({said, -1, ""});
        said.clear();
    };
    while (!text.empty()) {
        const bool slot =
            text.size() > 2 && text[0] == '{' && text[2] == '}' && text[1] >= '0' && text[1] <= '9';
        if (!slot) {
            said += text.front();
            text.remove_prefix(1);
            continue;
        }
        end_text();
        parts.push_back({"", text[1] - '0', ""});
        text.remove_prefix(3);
        for (const std::string_view counter : spoken_counters(language)) {
            // As a word of its own with ruby, {人|にん}, or as it is, つ.
            const std::string ruby = "{" + std::string(counter) + "|";
            const std::size_t end = text.find('}');
            if (text.starts_with(counter)) {
                parts.back().counter = counter;
                text.remove_prefix(counter.size());
                break;
            }
            if (text.starts_with(ruby) && end != std::string_view::npos) {
                parts.back().counter = counter;
                text.remove_prefix(end + 1);
                break;
            }
        }
    }
    end_text();
    return parts;
}

Result<std::vector<ProgramText>> program_texts(const std::filesystem::path& strings,
                                               Language language) {
    const std::filesystem::path file = strings / (std::string(tag_of(language)) + ".yaml");
    const auto bytes = load_file(file);
    if (!bytes) return tl::unexpected(bytes.error());
    PackFaults faults;
    const auto root = parse_yaml(file.string(), *bytes, faults);
    if (!root || !faults.empty()) return fail(ErrorCode::Invalid, to_string(faults.front()));
    if (root->kind != YamlNode::Kind::Mapping)
        return fail(ErrorCode::Invalid, file.string() + ": not a mapping");
    std::vector<ProgramText> texts;
    for (std::size_t i = 0; i < root->keys.size(); ++i)
        texts.push_back({root->keys[i].name, root->items[i].text,
                         split_template(root->items[i].text, language)});
    return texts;
}

Result<std::vector<Prompt>> program_prompts(const std::filesystem::path& strings, Language language,
                                            const Lexicon& lexicon) {
    const auto texts = program_texts(strings, language);
    if (!texts) return tl::unexpected(texts.error());
    std::vector<Prompt> found;
    const auto add = [&](const std::string& key, const std::string& text, Language said_in) {
        Spoken spoken = spoken_form(text, said_in, lexicon);
        if (!spoken.silent()) found.push_back({language, said_in, key, text, std::move(spoken)});
    };
    for (const ProgramText& text : *texts) {
        const std::string key = "strings/" + text.key;
        if (!text.is_template()) {
            const auto sentences = sentences_of(text.text);
            for (std::size_t i = 0; i < sentences.size(); ++i)
                add(key_of_sentence(key, i, sentences.size()), sentences[i], language);
            continue;
        }
        for (std::size_t part = 0; part < text.parts.size(); ++part)
            if (text.parts[part].slot < 0)
                add(key + "#" + std::to_string(part), text.parts[part].text, language);
    }
    for (const NumberWord& number : number_words(language))
        add("number/" + number.key, number.text, language);
    for (const Language named : kAllLanguages)
        if (named == language || has_synthetic_voice(named))
            add("language/" + std::string(tag_of(named)), std::string(native_name_of(named)),
                named);
    for (const BoardKind kind : boards_of(language)) {
        // On the fifty sounds everything is Japanese, on the other boards it is not.
        const bool is_elsewhere = is_japanese(language) && kind != BoardKind::Kana;
        const Language said_in = kind == BoardKind::Kana ? Language::Ja
                                 : is_elsewhere          ? Language::En
                                                         : language;
        for (const Layer layer : {Layer::Plain, Layer::Shifted, Layer::Signs}) {
            const Board& board = board_of(kind, layer);
            if (board.layer != layer) continue;
            for (const Key& each : board.keys)
                add("key/" + std::string(name_of(kind)) + "/" +
                        std::to_string(static_cast<int>(layer)) + "/" + each.id,
                    each.spoken, said_in);
        }
    }
    return found;
}

}  // namespace machikoe
