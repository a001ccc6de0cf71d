import numpy as np

from sonora.insights.embedding import Encoder, sentence_encoder


def test_what_means_the_same_points_the_same_way():
    first, second, other = sentence_encoder().vectors(
        ["How do I reset my password?", "I forgot my login and want to set it anew", "The weather is nice"]
    )
    assert first @ second > 0.5
    assert first @ other < 0.2


def test_a_text_has_the_same_vector_whatever_stands_beside_it():
    texts = ["a much longer text than the others, of many words " * number for number in (9, 1, 5)] + ["!!! 💥", ""]
    together = sentence_encoder().vectors(texts)
    alone = np.concatenate([sentence_encoder().vectors([text]) for text in texts])
    assert np.array_equal(together, alone)


def test_only_the_beginning_of_a_long_text_is_read():
    encoder = Encoder.load("minilm.onnx")
    short, long = encoder.vectors(["please add webhooks " * 200, "please add webhooks " * 200 + "and a dark mode"])
    assert short @ long > 0.999
