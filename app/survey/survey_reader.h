// SurveyReader: survey.yaml, with what it refers to inside itself and in the plan.
#pragma once

#include "app/plan/yaml_reader.h"
#include "app/survey/survey.h"

namespace machikoe {

inline constexpr std::string_view kSurveyFile = "survey.yaml";

/// Fills `survey`, which may be used only when no fault was noted.  One question for each
/// item of the list, in its order.
/// REQUIRES: the plan's issues and glossary were read before.
void read_survey(const YamlContext& context, const YamlNode& root, const Plan& plan,
                 Survey& survey);

/// Do the questions and options that indicators count exist?  `root` is indicators.yaml,
/// for the lines.
void check_indicator_questions(const YamlContext& context, const YamlNode& root, const Plan& plan,
                               const Survey& survey);

}  // namespace machikoe
