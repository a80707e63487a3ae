// Pictures: what a screen looks like, as PNG, for people who judge it.
#pragma once

#include <filesystem>
#include <set>
#include <string>

#include "app/kiosk.h"
#include "app/platform/renderer.h"
#include "app/platform/window.h"

namespace machikoe {

/// Draws what the kiosk shows now and saves it.  REQUIRES: a frame was built.
Status take_picture(Kiosk& kiosk, Window& window, Renderer& renderer,
                    const std::filesystem::path& file);

/// What is on stage, as a file name: "overview", "question-scale", "issue-official".
std::string name_of_view(const Pack& pack, const Visit& visit);

/// Takes a picture of each view the first time it is seen in the pack's first language.
class Album {
  public:
    explicit Album(std::filesystem::path folder);
    /// True: not seen yet, a picture is wanted.
    bool wants(const Pack& pack, const Visit& visit) const;
    Status add(Kiosk& kiosk, Window& window, Renderer& renderer);
    std::size_t size() const { return taken_.size(); }

  private:
    std::filesystem::path folder_;
    std::set<std::string> taken_;
};

}  // namespace machikoe
