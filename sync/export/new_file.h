// NewFile: a file that appears whole or not at all, written as a stream.
//
// Bytes go to a temporary neighbour, readable by its owner only.  commit() syncs it and
// gives it its name; without commit() the neighbour disappears and an older file of that
// name stays as it was.
#pragma once

#include <filesystem>
#include <fstream>

#include "app/base/result.h"

namespace machikoe {

class NewFile {
  public:
    explicit NewFile(std::filesystem::path path);
    NewFile(const NewFile&) = delete;
    NewFile& operator=(const NewFile&) = delete;
    ~NewFile();

    std::ostream& stream() { return stream_; }
    /// For a library that writes a file by its name: it must keep to this one.
    const std::filesystem::path& temporary() const { return temporary_; }
    const std::filesystem::path& path() const { return path_; }
    /// Unavailable when anything since the opening has failed.
    Status commit();

  private:
    std::filesystem::path path_;
    std::filesystem::path temporary_;
    std::ofstream stream_;
};

}  // namespace machikoe
