package io.github.deqa4j.config;

import java.util.Set;

/**
 * Keys of other people's {@code config.json} that change no score: what transformers writes into every configuration, what
 * steers the writing of text, and what the authors' training leaves behind.
 */
final class HarmlessKeys {
    /** Of transformers' {@code PretrainedConfig}, old and new, and of {@code LlamaConfig} and {@code CLIPVisionConfig}. */
    private static final Set<String> TRANSFORMERS = Set.of(
            "architectures",
            "attn_implementation",
            "auto_map",
            "chunk_size_feed_forward",
            "dtype",
            "finetuning_task",
            "gradient_checkpointing",
            "id2label",
            "initializer_factor",
            "initializer_range",
            "is_composition",
            "is_decoder",
            "label2id",
            "max_position_embeddings",
            "max_sequence_length",
            "model_max_length",
            "model_type",
            "name_or_path",
            "num_labels",
            "output_attentions",
            "output_hidden_states",
            "output_scores",
            "pretraining_tp", // the same products, summed up in slices
            "problem_type",
            "projection_dim", // of CLIP's text matching
            "return_dict",
            "task_specific_params",
            "tokenizer_class",
            "torch_dtype",
            "torchscript",
            "transformers_version",
            "transformers.js_config",
            "use_bfloat16",
            "use_cache",
            "use_flash_attn",
            "use_flash_attention",
            "use_fp32_layernorm");

    /** What steers the writing of text, word by word; scores need one word's probabilities. */
    private static final Set<String> GENERATION = Set.of(
            "bad_words_ids",
            "begin_suppress_tokens",
            "bos_token_id",
            "decoder_start_token_id",
            "diversity_penalty",
            "do_sample",
            "early_stopping",
            "encoder_no_repeat_ngram_size",
            "eos_token_id",
            "exponential_decay_length_penalty",
            "forced_bos_token_id",
            "forced_eos_token_id",
            "generation_config",
            "length_penalty",
            "max_length",
            "max_new_tokens",
            "min_length",
            "no_repeat_ngram_size",
            "num_beam_groups",
            "num_beams",
            "num_return_sequences",
            "pad_token_id",
            "prefix",
            "repetition_penalty",
            "return_dict_in_generate",
            "sep_token_id",
            "suppress_tokens",
            "temperature",
            "top_k",
            "top_p",
            "typical_p");

    /** Of mPLUG-Owl2's, Q-Align's and DeQA-Score's training. */
    private static final Set<String> TRAINING = Set.of(
            "binary_rating_loss",
            "closeset_rating_loss",
            "continuous_rating_loss",
            "detach_pred_std",
            "freeze_backbone",
            "freeze_vision_model",
            "image_aspect_ratio", // the authors' scorer pads, whatever stands here
            "image_grid_pinpoints",
            "level_ids",
            "level_prefix",
            "softkl_loss",
            "tune_visual_abstractor",
            "use_fix_std",
            "visual_abstractor_lr",
            "weight_desp",
            "weight_in_level",
            "weight_next_token",
            "weight_rank",
            "weight_softkl");

    private HarmlessKeys() {}

    /** Whether a key changes no score, wherever in the file it stands. */
    static boolean contain(String key) {
        return TRANSFORMERS.contains(key)
                || GENERATION.contains(key)
                || TRAINING.contains(key)
                || key.startsWith("_") // transformers' own notes: _name_or_path, _commit_hash, _attn_implementation
                || key.contains("dropout") // does nothing when an image is scored
                || key.startsWith("drop_path")
                || key.startsWith("tokenizer_"); // the tokenizer's own files say what it does
    }

    /** The same for the parts of a network, whose configurations bring transformers' defaults for whole ones. */
    static boolean containForPart(String key) {
        return contain(key) || key.equals("tie_word_embeddings") || key.equals("tie_encoder_decoder");
    }
}
