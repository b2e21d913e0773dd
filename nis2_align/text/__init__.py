"""From raw text to what matching reads: script, tokens, stems, concepts, figures, modality."""
