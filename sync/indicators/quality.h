// Quality: what makes one look twice at a response.  Flagged and counted, never silently removed:
// an evaluation says which flags it left out, if any (docs/evaluation.md).
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "app/survey/pack.h"
#include "app/survey/response.h"

namespace machikoe {

enum class QualityFlag {
    Hurried,       // under two seconds for each answer, by the kiosk's own clock
    StraightLine,  // the same place on all scales, of which there were at least five
    Repeated,      // the same answers as the visit just before at this kiosk
};
inline constexpr QualityFlag kQualityFlags[] = {QualityFlag::Hurried, QualityFlag::StraightLine,
                                                QualityFlag::Repeated};
std::string_view name_of(QualityFlag flag);  // "hurried", "straight-line", "repeated"
std::optional<QualityFlag> quality_flag_of(std::string_view name);

inline constexpr int kLeastScalesForALine = 5;

std::set<QualityFlag> flags_of(const Pack& pack, const Response& response);

/// Where people stopped: the last question that they were shown.
struct DropOff {
    std::string question;
    std::int64_t shown = 0;
    std::int64_t last = 0;
};

struct Quality {
    std::int64_t responses = 0;
    std::map<QualityFlag, std::int64_t> flagged;
    std::map<Assistance, std::int64_t> by_assistance;
    std::map<SurveyLength, std::int64_t> by_length;
    std::vector<DropOff> drop_off;  // in the order of the survey
    std::int64_t abandoned = 0;     // visits that were begun, shown a question and not sent
    std::map<std::string, std::int64_t> abandoned_at;  // the question they were last shown
};

class QualityCounter {
  public:
    explicit QualityCounter(const Pack& pack);
    void add(const Response& response, const std::set<QualityFlag>& flags);
    const Quality& quality() const { return quality_; }
    template <class Archive>
    void walk(Archive& archive);  // count_bytes.cpp

  private:
    Quality quality_;
};

}  // namespace machikoe
