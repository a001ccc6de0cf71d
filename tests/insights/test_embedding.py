import numpy as np

from sonora.insights.embedding import Encoder, sentence_encoder


def test_what_means_the_same_points_the_same_way():
    first, second, other = sentence_encoder().vectors(
        ["How do I reset my password?", "I forgot my login and want to set it anew", "The weather is nice"]
    )
    assert first @ second > 0.5
    assert first @ other < 0.2


def test_texts_keep_their_order_whatever_their_lengths():
    texts = ["a much longer text than the others, of many words " * number for number in (9, 1, 5)] * 15
    together = sentence_encoder().vectors(texts)
    alone = np.concatenate([sentence_encoder().vectors([text]) for text in texts[:3]])
    assert (together[:3] * alone).sum(axis=1).min() > 0.97  # int8 rounds by what is in a batch


def test_only_the_beginning_of_a_long_text_is_read():
    encoder = Encoder.load("minilm.onnx")
    short, long = encoder.vectors(["please add webhooks " * 200, "please add webhooks " * 200 + "and a dark mode"])
    assert short @ long > 0.999
