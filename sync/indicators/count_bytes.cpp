#include "sync/indicators/count_bytes.h"

#include "app/base/crypto.h"
#include "sync/indicators/evaluation.h"

namespace machikoe {
namespace {

// Whoever changes what is counted, or how it is saved, counts on: other counts are counted anew.
constexpr std::int64_t kFormat = 1;
constexpr std::string_view kName = "machikoe-counts\n";
constexpr std::size_t kSealLength = 64;

template <class Archive, class Enum>
void walk_enum(Archive& archive, Enum& value, std::int64_t values) {
    auto number = static_cast<std::int64_t>(value);
    archive.number(number);
    archive.expect(number >= 0 && number < values);
    value = static_cast<Enum>(number >= 0 && number < values ? number : 0);
}

}  // namespace

void CountReader::number(std::int64_t& number) {
    std::uint64_t read = 0;
    number = 0;
    for (unsigned shift = 0; shift < 64; shift += 7) {
        if (failed_ || bytes_.empty()) break;
        const auto byte = static_cast<unsigned char>(bytes_.front());
        bytes_.remove_prefix(1);
        read |= static_cast<std::uint64_t>(byte & 0x7f) << shift;
        if (byte & 0x80) continue;
        number = static_cast<std::int64_t>(read >> 1) ^ -static_cast<std::int64_t>(read & 1);
        return;
    }
    failed_ = true;
}

void CountReader::count(std::int64_t& count) {
    number(count);
    if (count >= 0 && count <= kMostCounted) return;
    failed_ = true;
    count = 0;
}

std::int64_t CountReader::elements() {
    std::int64_t size = 0;
    number(size);
    expect(size >= 0 && size <= static_cast<std::int64_t>(bytes_.size()));
    return failed_ ? 0 : size;
}

void CountReader::text(std::string& text) {
    const auto size = static_cast<std::size_t>(elements());
    text = bytes_.substr(0, size);
    bytes_.remove_prefix(size);
}

std::string sealed_counts(std::string_view name, std::string_view body) {
    std::string bytes(name);
    bytes += body;
    return bytes + sha256_hex(bytes);
}

Result<std::string_view> opened_counts(std::string_view name, std::string_view bytes) {
    if (bytes.size() < name.size() + kSealLength || !bytes.starts_with(name))
        return fail(ErrorCode::Corrupt, "these are no such counts");
    const std::string_view sealed = bytes.substr(0, bytes.size() - kSealLength);
    if (sha256_hex(sealed) != bytes.substr(sealed.size()))
        return fail(ErrorCode::Corrupt, "the counts are damaged");
    return sealed.substr(name.size());
}

template <class Archive>
void IndicatorCounter::walk(Archive& archive) {
    archive.count(responses_);
    archive.count(other_versions_);
    for (IndicatorFigure& figure : figures_) {
        archive.count(figure.n);
        archive.count(figure.counted);
        archive.count(figure.skipped);
        archive.count(figure.refused);
        archive.expect(figure.counted <= figure.n);
        archive.map(
            figure.by_option, [&](std::string& option) { archive.text(option); },
            [&](std::int64_t& count) { archive.count(count); });
    }
}

template <class Archive>
void TableCounter::walk(Archive& archive) {
    for (auto& groups : people_) walk_counts(archive, groups);
    for (ByUniverse& universes : counts_)
        for (Counts& counts : universes) {
            for (std::int64_t& count : counts.by_status) archive.count(count);
            walk_counts(archive, counts.by_option);
            archive.map(
                counts.numbers, [&](std::int64_t& number) { archive.number(number); },
                [&](std::int64_t& count) { archive.count(count); });
            for (auto& base : counts.base) walk_counts(archive, base);
            for (auto& cross : counts.cross) walk_counts(archive, cross);
        }
}

template <class Archive>
void BreakdownCounter::walk(Archive& archive) {
    const auto name = [&](std::string& text) { archive.text(text); };
    const auto count = [&](std::int64_t& number) { archive.count(number); };
    for (Groups& groups : groups_)
        archive.map(groups, name, [&](Group& group) {
            archive.count(group.responses);
            std::size_t family = 0;
            archive.list(group.standings, [&](Standings& standings) {
                archive.expect(family < families_.size());
                const std::size_t length =
                    family < families_.size() ? families_[family].indicators.size() : 0;
                ++family;
                archive.list(standings, [&](auto& standing) {
                    archive.text(standing.first);
                    archive.expect(standing.first.size() == length);
                    archive.count(standing.second);
                });
            });
            archive.expect(group.standings.size() == families_.size());
        });
    archive.map(events_, name, [&](Event& event) {
        archive.map(event.by_site, name, count);
        archive.map(event.by_day, name, count);
    });
}

template <class Archive>
void QualityCounter::walk(Archive& archive) {
    const auto count = [&](std::int64_t& number) { archive.count(number); };
    archive.count(quality_.responses);
    archive.map(
        quality_.flagged,
        [&](QualityFlag& flag) { walk_enum(archive, flag, std::ssize(kQualityFlags)); }, count);
    archive.map(
        quality_.by_assistance, [&](Assistance& each) { walk_enum(archive, each, 16); }, count);
    archive.map(
        quality_.by_length, [&](SurveyLength& each) { walk_enum(archive, each, 16); }, count);
    for (DropOff& question : quality_.drop_off) {
        archive.count(question.shown);
        archive.count(question.last);
    }
    archive.count(quality_.abandoned);
    archive.map(
        quality_.abandoned_at, [&](std::string& question) { archive.text(question); }, count);
}

template <class Archive>
void EvaluationCounter::walk(Archive& archive) {
    const auto fixed = [&](std::int64_t value) {
        std::int64_t read = value;
        archive.number(read);
        archive.expect(read == value);
    };
    for (const QualityFlag flag : kQualityFlags) fixed(rules_.left_out.contains(flag));
    fixed(std::ssize(register_places_));
    indicators_.walk(archive);
    tables_.walk(archive);
    breakdowns_.walk(archive);
    quality_.walk(archive);
    const std::size_t indicators = pack_.plan.indicators.size();
    archive.map(
        cells_,
        [&](std::vector<std::size_t>& groups) {
            archive.list(groups, [&](std::size_t& group) {
                auto number = static_cast<std::int64_t>(group);
                archive.count(number);
                group = static_cast<std::size_t>(number);
            });
            archive.expect(groups.size() == register_places_.size());
            for (std::size_t m = 0; m < std::min(groups.size(), register_places_.size()); ++m)
                archive.expect(groups[m] < data_.people->margins[m].groups.size());
        },
        [&](Cell& cell) {
            archive.count(cell.people);
            cell.n.resize(indicators);
            cell.counted.resize(indicators);
            walk_counts(archive, cell.n);
            walk_counts(archive, cell.counted);
        });
    archive.text(first_day_);
    archive.text(last_day_);
    archive.count(left_out_);
}

std::string EvaluationCounter::save() const {
    CountWriter writer;
    writer.number(kFormat);
    writer.text(pack_.hash);
    const_cast<EvaluationCounter*>(this)->walk(writer);  // a writer changes nothing
    return sealed_counts(kName, writer.take());
}

Status EvaluationCounter::restore(std::string_view bytes) {
    const auto body = opened_counts(kName, bytes);
    if (!body) return tl::unexpected<Error>(body.error());
    CountReader reader(*body);
    std::int64_t format = 0;
    std::string pack;
    reader.number(format);
    if (format != kFormat) return fail(ErrorCode::Invalid, "other software counted otherwise");
    reader.text(pack);
    if (pack != pack_.hash) return fail(ErrorCode::Invalid, "these are another pack's counts");
    walk(reader);
    if (reader.failed() || !reader.at_end())
        return fail(ErrorCode::Invalid, "the counts are of other rules or another register");
    return {};
}

}  // namespace machikoe
