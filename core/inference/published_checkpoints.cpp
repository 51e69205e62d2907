#include "core/inference/published_checkpoints.h"

#include <array>

namespace chladni::inference {

namespace {

constexpr std::string_view kAst = "github.com/YuanGongND/ast";
constexpr std::string_view kAstLicence = "BSD 3-Clause, of the authors' repository";
constexpr std::string_view kCav = "github.com/YuanGongND/cav-mae";
constexpr std::string_view kCavLicence = "terms of the authors' repository; read them there first";

constexpr std::array kCheckpoints = {
    PublishedCheckpoint{"ast-audioset", "AST, AudioSet, 0.459 mAP", "ast", "audioset_10_10_0.4593.pth",
                        "527 sounds of everything; the average of several epochs, the usual choice.",
                        "https://www.dropbox.com/s/ca0b1v2nlxzyeb4/audioset_10_10_0.4593.pth?dl=1", kAst, kAstLicence, "audioset"},
    PublishedCheckpoint{"ast-audioset-16", "AST, AudioSet, patches that do not overlap, 0.442 mAP", "ast", "audioset_16_16_0.4422.pth",
                        "527 sounds of everything, about two and a half times as fast as the one above.",
                        "https://www.dropbox.com/s/mdsa4t1xmcimia6/audioset_16_16_0.4422.pth?dl=1", kAst, kAstLicence, "audioset"},
    PublishedCheckpoint{"ast-speech-commands", "AST, Speech Commands, 98.1 %", "ast", "speechcommands_10_10_0.9812.pth",
                        "35 spoken words in clips of one second.",
                        "https://www.dropbox.com/s/q0tbqpwv44pquwy/speechcommands_10_10_0.9812.pth?dl=1", kAst, kAstLicence, ""},
    PublishedCheckpoint{"cav-mae-scale-pp", "CAV-MAE-Scale++, pretrained on AudioSet", "cavmae-pretrain", "audio_model.21.pth",
                        "Paints what is hidden of sound and picture, finds sound for pictures; the start for finetuning.",
                        "https://www.dropbox.com/s/l5t5geufdy3qvnv/audio_model.21.pth?dl=1", kCav, kCavLicence, ""},
    PublishedCheckpoint{"cav-mae-inpainting", "CAV-MAE-Base without pixel norm", "cavmae-pretrain", "cav-mae-base-nonorm.pth",
                        "Made for painting: what it paints needs no statistics of the hidden patches.",
                        "https://www.dropbox.com/s/arrg7cb3e4hhjwu/cav-mae-base-nonorm.pth?dl=1", kCav, kCavLicence, ""},
    PublishedCheckpoint{"cav-mae-base", "CAV-MAE-Base, pretrained on AudioSet", "cavmae-pretrain", "cav-mae-base.pth",
                        "The base model with a contrastive weight of 0.01 and a mask of 75 %.",
                        "https://www.dropbox.com/s/wxrjgr86gdhc5k8/cav-mae-base.pth?dl=1", kCav, kCavLicence, ""},
    PublishedCheckpoint{"cav-mae-audioset", "CAV-MAE finetuned, AudioSet, 0.512 mAP", "cavmae-classify", "as-full-51.2.pth",
                        "527 classes from sound and picture together.",
                        "https://www.dropbox.com/s/hejj49zdgyyfsuh/as-full-51.2.pth?dl=1", kCav, kCavLicence, "audioset"},
    PublishedCheckpoint{"cav-mae-vggsound", "CAV-MAE finetuned, VGGSound, 65.5 %", "cavmae-classify", "vgg_65.5.pth",
                        "309 classes from sound and picture together.",
                        "https://www.dropbox.com/s/f4wrbxv2unewss9/vgg_65.5.pth?dl=1", kCav, kCavLicence, ""},
    PublishedCheckpoint{"cav-mae-audioset-sound", "CAV-MAE finetuned, AudioSet by ear, 0.466 mAP", "cavmae-classify", "as_46.6.pth",
                        "527 classes from sound alone.",
                        "https://www.dropbox.com/s/itfw7p0ueq7z9og/as_46.6.pth?dl=1", kCav, kCavLicence, "audioset"},
    PublishedCheckpoint{"cav-mae-vggsound-sound", "CAV-MAE finetuned, VGGSound by ear, 59.8 %", "cavmae-classify", "vgg_59.8.pth",
                        "309 classes from sound alone.",
                        "https://www.dropbox.com/s/l4rj0sgpnt08bp2/vgg_59.8.pth?dl=1", kCav, kCavLicence, ""},
    PublishedCheckpoint{"deit-base-384", "DeiT base, distilled, 384 pixels", "", "deit_base_distilled_patch16_384-d0272ac0.pth",
                        "Pictures of ImageNet: what AST was started from.",
                        "https://dl.fbaipublicfiles.com/deit/deit_base_distilled_patch16_384-d0272ac0.pth", "github.com/facebookresearch/deit",
                        "of the authors' repository: CC BY-NC 4.0 at first, Apache 2.0 later", ""},
    PublishedCheckpoint{"mae-base", "MAE base with its decoder", "", "mae_pretrain_vit_base_full.pth",
                        "Pictures of ImageNet: what CAV-MAE was started from.",
                        "https://dl.fbaipublicfiles.com/mae/pretrain/mae_pretrain_vit_base_full.pth", "github.com/facebookresearch/mae",
                        "CC BY-NC 4.0: not for commercial use", ""},
};

}  // namespace

std::span<const PublishedCheckpoint> publishedCheckpoints() { return kCheckpoints; }

}  // namespace chladni::inference
