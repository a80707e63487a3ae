// Pictures: every screen as PNG, for eyes.  ui_pictures PACK OUT [WIDTHxHEIGHT…]
#include <spdlog/spdlog.h>

#include <cstdio>
#include <filesystem>
#include <string>
#include <vector>

#include "app/platform/renderer.h"
#include "app/platform/window.h"
#include "app/rehearsal/made_up_words.h"
#include "app/rehearsal/scenes.h"
#include "app/ui/stage.h"

namespace machikoe {
namespace {

struct Size {
    int width = 1080, height = 1920;
};

int fail_with(const Error& error) {
    spdlog::error("{}", error.message);
    return 1;
}

std::vector<std::pair<std::string, Settings>> all_settings(const Pack& pack) {
    std::vector<std::pair<std::string, Settings>> all;
    for (const Language language : pack.plan.languages)
        all.push_back({"-" + std::string(tag_of(language)), {.language = language}});
    for (const Language language : pack.plan.languages)
        all.push_back({"-" + std::string(tag_of(language)) + "-largest",
                       {.language = language, .text_size = TextSize::Largest}});
    all.push_back({"-white-on-black", {.theme = ThemeChoice::WhiteOnBlack}});
    all.push_back({"-low-glare", {.theme = ThemeChoice::LowGlare}});
    return all;
}

int draw_size(const Pack& pack, const Strings& strings, Size size, const std::filesystem::path& out,
              const std::string& only) {
    auto text = TextEngine::create();
    if (!text) return fail_with(text.error());
    auto window = Window::create(
        {.full_screen = false, .width = size.width, .height = size.height, .development = true});
    if (!window) return fail_with(window.error());
    Stage stage(pack, strings, **text,
                {.width = size.width, .height = size.height, .writing = made_up_engines()});
    auto renderer = Renderer::create(**window, **text);
    if (!renderer) return fail_with(renderer.error());
    stage.set_neighbours(made_up_shares(pack));
    const Milliseconds now{1'000'000};
    const std::string shape = std::to_string(size.width) + "x" + std::to_string(size.height);
    for (const auto& [suffix, settings] : all_settings(pack)) {
        for (const PreparedScreen& prepared : prepared_screens(pack, settings, now)) {
            PreparedScreen turned = prepared;
            Visit& visit = turned.visit;
            for (bool is_more = true; is_more; ++visit.page, ++visit.step) {
                const std::string name =
                    prepared.name + suffix + "-" + std::to_string(visit.page) + "-" + shape;
                if (name.find(only) == std::string::npos) break;
                put_on_stage(stage, turned, {now, kPreparedWall});
                stage.frame({now, kPreparedWall});
                stage.frame({now + Milliseconds{200}, kPreparedWall});
                for (const std::string& fault : stage.faults()) spdlog::warn("{}: {}", name, fault);
                (*renderer)->draw(size.width, size.height);
                const auto saved = save_png(out / (name + ".png"), size.width, size.height,
                                            (*renderer)->read_pixels(size.width, size.height));
                if (!saved) return fail_with(saved.error());
                (*window)->present();
                const Node* more = stage.find("page-more");
                is_more = more != nullptr && more->enabled && visit.page < 30;
            }
        }
    }
    return 0;
}

}  // namespace
}  // namespace machikoe

int main(int argc, char** argv) {
    using namespace machikoe;
    if (argc < 3) return 2;
    auto pack = load_pack(argv[1]);
    if (!pack) return fail_with(pack.error());
    auto strings = Strings::load(std::filesystem::path(MACHIKOE_SOURCE_DIR) / "assets/strings",
                                 pack->plan.languages);
    if (!strings) return fail_with(strings.error());
    std::filesystem::create_directories(argv[2]);
    Size size;
    if (argc > 3 && std::sscanf(argv[3], "%dx%d", &size.width, &size.height) != 2) return 2;
    return draw_size(*pack, *strings, size, argv[2], argc > 4 ? argv[4] : "");
}
