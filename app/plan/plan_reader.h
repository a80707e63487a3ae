// PlanReader: the files of a pack that make up its Plan.
//
// Each function reads one file's root and notes its faults in the context; what it fills
// in may be used only when there are none.  References to questions are left to
// whoever has the survey.
#pragma once

#include "app/plan/yaml_reader.h"

namespace machikoe {

inline constexpr std::string_view kPackFile = "pack.yaml";
inline constexpr std::string_view kPolicyFile = "policy.yaml";
inline constexpr std::string_view kIssuesFile = "issues.yaml";
inline constexpr std::string_view kGlossaryFile = "glossary.yaml";
inline constexpr std::string_view kIndicatorsFile = "indicators.yaml";

/// Only the languages of pack.yaml: every other file needs them first.
std::vector<Language> read_languages(const YamlNode& root);

void read_pack(const YamlContext& context, const YamlNode& root, Plan& plan);
void read_policy(const YamlContext& context, const YamlNode& root, Plan& plan);
void read_issues(const YamlContext& context, const YamlNode& root, Plan& plan);
void read_glossary(const YamlContext& context, const YamlNode& root, Plan& plan);
/// One definition for each item of the list, in its order, so that a fault found later
/// can still name the item's line.  REQUIRES: issues were read before.
void read_indicators(const YamlContext& context, const YamlNode& root, Plan& plan);

}  // namespace machikoe
