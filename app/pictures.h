// Pictures: what a screen looks like, as PNG, for people who judge it.
#pragma once

#include <filesystem>
#include <set>
#include <string>

#include "app/kiosk.h"
#include "app/platform/renderer.h"
#include "app/platform/window.h"

namespace machikoe {

/// Draws the frame that was built last and saves it.
Status take_picture(Window& window, Renderer& renderer, const std::filesystem::path& file);

/// What is on stage, as a file name: "overview", "question-scale-answered", "issue-official.en".
std::string name_of_view(const Pack& pack, const Visit& visit);

/// Takes a picture of each view the first time it is seen, in each language.
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
