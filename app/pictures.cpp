#include "app/pictures.h"

namespace machikoe {

Status take_picture(Window& window, Renderer& renderer, const std::filesystem::path& file) {
    renderer.draw(window.width(), window.height());
    const auto pixels = renderer.read_pixels(window.width(), window.height());
    return save_png(file, window.width(), window.height(), pixels);
}

std::string name_of_view(const Pack& pack, const Visit& visit) {
    std::string name(name_of(visit.screen));
    if (visit.screen == Screen::Question) {
        const Question* question = pack.survey.question(visit.question);
        if (question != nullptr) {
            name += "-" + std::string(name_of(question->type));
            if (question->look == ScaleLook::Faces) name += "-faces";
            if (visit.answers.contains(question->id)) name += "-answered";
        }
    }
    if (visit.overlay != Overlay::None) name += "-" + std::string(name_of(visit.overlay));
    if (visit.settings.language != pack.plan.languages.front())
        name += "." + std::string(tag_of(visit.settings.language));
    return name;
}

Album::Album(std::filesystem::path folder) : folder_(std::move(folder)) {
    std::error_code ec;
    if (!folder_.empty()) std::filesystem::create_directories(folder_, ec);
}

bool Album::wants(const Pack& pack, const Visit& visit) const {
    return !folder_.empty() && !taken_.contains(name_of_view(pack, visit));
}

Status Album::add(Kiosk& kiosk, Window& window, Renderer& renderer) {
    const std::string name = name_of_view(kiosk.pack(), kiosk.stage().visit());
    taken_.insert(name);
    return take_picture(window, renderer, folder_ / (name + ".png"));
}

}  // namespace machikoe
