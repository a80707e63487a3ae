#include "sync/export/sav.h"

#include <readstat.h>

#include <algorithm>
#include <ostream>
#include <vector>

#include "sync/export/labels.h"
#include "sync/indicators/quality.h"

namespace machikoe {
namespace {

constexpr std::size_t kIdBytes = 32;
constexpr std::size_t kNameBytes = 200;
constexpr std::size_t kBytesPerCharacter = 4;
constexpr std::size_t kMostTextBytes = 32'000;  // SPSS holds no longer string

/// −1 skipped, −2 refused, −3 not shown, −4 not asked.
constexpr AnswerStatus kMissing[] = {AnswerStatus::Skipped, AnswerStatus::Refused,
                                     AnswerStatus::NotShown, AnswerStatus::NotAsked};

double missing_code(AnswerStatus status) {
    for (std::size_t i = 0; i < std::size(kMissing); ++i)
        if (kMissing[i] == status) return -1.0 - static_cast<double>(i);
    return -1;
}

std::string spss_name(std::string name) {
    std::replace(name.begin(), name.end(), '-', '_');
    return name.substr(0, 64);
}

/// Cut at a character: half of one is no UTF-8.
std::string fitting(const std::string& text, std::size_t bytes) {
    if (text.size() <= bytes) return text;
    while (bytes > 0 && (static_cast<unsigned char>(text[bytes]) & 0xC0) == 0x80) --bytes;
    return text.substr(0, bytes);
}

ssize_t to_stream(const void* data, std::size_t bytes, void* stream) {
    auto& out = *static_cast<std::ostream*>(stream);
    out.write(static_cast<const char*>(data), static_cast<std::streamsize>(bytes));
    return out.good() ? static_cast<ssize_t>(bytes) : -1;
}

}  // namespace

struct SavFile::Writer {
    Writer(std::ostream& stream, const Pack& used_pack, Language labels, std::int64_t rows)
        : out(stream), pack(used_pack), language(labels), writer(readstat_writer_init()) {
        readstat_set_data_writer(writer, &to_stream);
        readstat_writer_set_file_label(writer, fitting(pack.plan.id, 60).c_str());
        add_variables();
        note(readstat_begin_writing_sav(writer, &out, static_cast<long>(rows)));
    }
    ~Writer() { readstat_writer_free(writer); }

    void note(readstat_error_t error) {
        if (error != READSTAT_OK && failure == READSTAT_OK) failure = error;
    }
    Status status() const {
        if (failure == READSTAT_OK && out.good()) return {};
        return fail(ErrorCode::Unavailable,
                    std::string("SPSS file: ") + readstat_error_message(failure));
    }

    readstat_variable_t* add(const std::string& name, readstat_type_t type, std::size_t width,
                             const std::string& label) {
        readstat_variable_t* variable =
            readstat_add_variable(writer, spss_name(name).c_str(), type, width);
        readstat_variable_set_label(variable, fitting(label, 250).c_str());
        return variable;
    }
    readstat_label_set_t* labels(const std::string& name) {
        return readstat_add_label_set(writer, READSTAT_TYPE_DOUBLE, spss_name(name).c_str());
    }
    void label(readstat_label_set_t* set, double code, std::string_view text) {
        readstat_label_double_value(set, code, fitting(std::string(text), 120).c_str());
    }
    /// Numbers below nought stand for why there is no answer.
    void add_missing(readstat_variable_t* variable, readstat_label_set_t* set) {
        for (const AnswerStatus status : kMissing)
            label(set, missing_code(status), status_label(status, language));
        note(readstat_variable_add_missing_double_range(variable, -4, -1));
        readstat_variable_set_label_set(variable, set);
    }

    void add_variables();
    void add_question(const Question& question);
    void insert_question(const Question& question, const Answer& answer);
    void insert(double value) {
        note(readstat_insert_double_value(writer, readstat_get_variable(writer, next++), value));
    }
    void insert(const std::string& text) {
        readstat_variable_t* variable = readstat_get_variable(writer, next++);
        note(readstat_insert_string_value(
            writer, variable,
            fitting(text, readstat_variable_get_storage_width(variable)).c_str()));
    }
    void insert_nothing() {
        note(readstat_insert_missing_value(writer, readstat_get_variable(writer, next++)));
    }

    std::ostream& out;
    const Pack& pack;
    Language language;
    readstat_writer_t* writer;
    readstat_error_t failure = READSTAT_OK;
    int next = 0;
};

void SavFile::Writer::add_variables() {
    const bool ja = is_japanese(language);
    add("response_id", READSTAT_TYPE_STRING, kIdBytes, ja ? "回答の番号(無作為)" : "Random id");
    add("site", READSTAT_TYPE_STRING, kNameBytes, ja ? "設置場所" : "Site");
    add("event", READSTAT_TYPE_STRING, kNameBytes, ja ? "催し" : "Event");
    readstat_label_set_t* universes = labels("universe_labels");
    for (int i = 0; i < 4; ++i)
        label(universes, i + 1, universe_label(static_cast<Universe>(i), language));
    readstat_variable_set_label_set(
        add("universe", READSTAT_TYPE_DOUBLE, 0, ja ? "回答者の区分" : "Who was asked"), universes);
    add("day", READSTAT_TYPE_STRING, 10, ja ? "日(月だけのことがある)" : "Day; may be a month");
    add("hour", READSTAT_TYPE_DOUBLE, 0, ja ? "時" : "Hour");
    add("language", READSTAT_TYPE_STRING, 10, ja ? "言語" : "Language");
    add("duration_s", READSTAT_TYPE_DOUBLE, 0,
        ja ? "所要時間の区分の下端(秒)" : "Duration class, s");
    readstat_label_set_t* lengths = labels("length_labels");
    for (const SurveyLength each : kLengths)
        label(lengths, static_cast<double>(each) + 1, name_of(each));
    readstat_variable_set_label_set(
        add("length", READSTAT_TYPE_DOUBLE, 0, ja ? "調査の長さ" : "Length"), lengths);
    readstat_label_set_t* helpers = labels("assistance_labels");
    for (const Assistance each : kAssistances)
        label(helpers, static_cast<double>(each) + 1, name_of(each));
    readstat_variable_set_label_set(
        add("assistance", READSTAT_TYPE_DOUBLE, 0, ja ? "手助け" : "Who helped"), helpers);
    add("hurried", READSTAT_TYPE_DOUBLE, 0, ja ? "急いだ回答" : "Hurried");
    add("repeated", READSTAT_TYPE_DOUBLE, 0, ja ? "直前と同じ回答" : "Repeated");
    add("straight_line", READSTAT_TYPE_DOUBLE, 0, ja ? "同じ位置だけの回答" : "Straight line");
    for (const Question& question : pack.survey.questions)
        if (question.type != QuestionType::Note) add_question(question);
}

void SavFile::Writer::add_question(const Question& question) {
    const std::string text = label_in(question.text, language);
    readstat_label_set_t* set = labels(question.id + "_labels");
    if (question.type == QuestionType::FreeText) {
        add(question.id, READSTAT_TYPE_STRING,
            std::min(question.max_length * kBytesPerCharacter, kMostTextBytes), text);
        label(set, 1, status_label(AnswerStatus::Answered, language));
        add_missing(add(question.id + "_status", READSTAT_TYPE_DOUBLE, 0, text), set);
        return;
    }
    const bool several =
        question.type == QuestionType::Multiple || question.type == QuestionType::Ranking;
    if (!several) {
        for (std::size_t i = 0; i < question.options.size(); ++i)
            label(set, static_cast<double>(i) + 1, label_in(question.options[i].label, language));
        readstat_variable_t* variable = add(question.id, READSTAT_TYPE_DOUBLE, 0, text);
        if (question.type == QuestionType::Scale)
            readstat_variable_set_measure(variable, READSTAT_MEASURE_ORDINAL);
        return add_missing(variable, set);
    }
    if (question.type == QuestionType::Multiple) {
        label(set, 0, language == Language::Ja ? "選ばなかった" : "not chosen");
        label(set, 1, language == Language::Ja ? "選んだ" : "chosen");
    }
    for (const Option& option : question.options)
        add_missing(add(question.id + "__" + option.id, READSTAT_TYPE_DOUBLE, 0,
                        label_in(option.label, language) + " / " + text),
                    set);
}

void SavFile::Writer::insert_question(const Question& question, const Answer& answer) {
    const bool answered = answer.status == AnswerStatus::Answered;
    const auto* chosen = std::get_if<ChosenOptions>(&answer.value);
    if (question.type == QuestionType::FreeText) {
        const auto* words = std::get_if<std::string>(&answer.value);
        insert(words ? *words : std::string());
        return insert(answered ? 1 : missing_code(answer.status));
    }
    if (question.type == QuestionType::Multiple || question.type == QuestionType::Ranking) {
        for (const Option& option : question.options) {
            if (!chosen) {
                insert(missing_code(answer.status));
                continue;
            }
            const auto at = std::find(chosen->begin(), chosen->end(), option.id);
            const bool found = at != chosen->end();
            if (question.type == QuestionType::Multiple)
                insert(found ? 1 : 0);
            else if (found)
                insert(static_cast<double>(at - chosen->begin()) + 1);
            else
                insert_nothing();
        }
        return;
    }
    if (const auto* number = std::get_if<std::int64_t>(&answer.value))
        return insert(static_cast<double>(*number));
    if (!chosen || chosen->empty()) return insert(missing_code(answer.status));
    for (std::size_t i = 0; i < question.options.size(); ++i)
        if (question.options[i].id == chosen->front()) return insert(static_cast<double>(i) + 1);
    insert_nothing();
}

SavFile::SavFile(std::ostream& out, const Pack& pack, Language language, std::int64_t rows)
    : writer_(std::make_unique<Writer>(out, pack, language, rows)) {}
SavFile::~SavFile() = default;

Status SavFile::write(const std::string& id, const Response& r) {
    static const Answer kNoAnswer;
    Writer& w = *writer_;
    w.note(readstat_begin_row(w.writer));
    w.next = 0;
    w.insert(id);
    w.insert(r.site);
    w.insert(r.event);
    w.insert(static_cast<double>(r.universe) + 1);
    w.insert(r.when.day);
    if (r.when.hour >= 0)
        w.insert(r.when.hour);
    else
        w.insert_nothing();
    w.insert(std::string(tag_of(r.language)));
    w.insert(r.duration_s);
    w.insert(static_cast<double>(r.length) + 1);
    w.insert(static_cast<double>(r.assistance) + 1);
    const auto flags = flags_of(w.pack, r);
    w.insert(r.hurried ? 1 : 0);
    w.insert(r.repeated ? 1 : 0);
    w.insert(flags.contains(QualityFlag::StraightLine) ? 1 : 0);
    for (const Question& question : w.pack.survey.questions) {
        if (question.type == QuestionType::Note) continue;
        const auto found = r.answers.find(question.id);
        w.insert_question(question, found == r.answers.end() ? kNoAnswer : found->second);
    }
    w.note(readstat_end_row(w.writer));
    return w.status();
}

Status SavFile::finish() {
    writer_->note(readstat_end_writing(writer_->writer));
    return writer_->status();
}

}  // namespace machikoe
