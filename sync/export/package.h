// DataPackage: the descriptor of a folder of CSV files, as Frictionless Data asks for it
// (Data Package and Table Schema, v1: specs.frictionlessdata.io).
//
// Each file is named with its size, its SHA-256 and what its columns hold, with labels in every
// language and with what stands for "no answer".
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "app/survey/pack.h"
#include "sync/export/codebook.h"

namespace machikoe {

struct PackageFile {
    std::string name;  // "responses"; the file is name + ".csv"
    std::uintmax_t bytes = 0;
    std::string sha256;
    std::vector<Variable> variables;  // the columns
    std::string key;                  // the column that tells rows apart; "" none
};

/// What the columns of the other files hold.
std::vector<Variable> plain_variables(const std::vector<std::string>& columns);

std::string data_package_json(const Pack& pack, const std::vector<PackageFile>& files,
                              const std::string& version, const std::string& created);

}  // namespace machikoe
