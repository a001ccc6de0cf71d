"""MiniLM-L6 in torch with one head of four scores: negative, neutral, positive, asks for a feature."""

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

WIDTH, LAYERS, HEADS, INNER = 384, 6, 12, 1536
OUTPUTS = 4


class Layer(nn.Module):
    def __init__(self, dropout: float) -> None:
        super().__init__()
        self.query, self.key, self.value, self.output = (nn.Linear(WIDTH, WIDTH) for _ in range(4))
        self.first_norm, self.second_norm = (nn.LayerNorm(WIDTH, eps=1e-12) for _ in range(2))
        self.widen, self.narrow = nn.Linear(WIDTH, INNER), nn.Linear(INNER, WIDTH)
        self.dropout = nn.Dropout(dropout)

    def forward(self, hidden: Tensor, mask: Tensor) -> Tensor:
        query, key, value = (self._split(project(hidden)) for project in (self.query, self.key, self.value))
        dropped = self.dropout.p if self.training else 0.0
        attended = functional.scaled_dot_product_attention(query, key, value, attn_mask=mask, dropout_p=dropped)
        joined = attended.transpose(1, 2).reshape(hidden.shape)
        hidden = self.first_norm(hidden + self.dropout(self.output(joined)))
        widened = functional.gelu(self.widen(hidden))
        return self.second_norm(hidden + self.dropout(self.narrow(widened)))

    @staticmethod
    def _split(projected: Tensor) -> Tensor:
        count, length, _ = projected.shape
        return projected.view(count, length, HEADS, WIDTH // HEADS).transpose(1, 2)


class Network(nn.Module):
    """The mean of the last layer's vectors over a text's tokens, and four scores of it."""

    def __init__(self, weights: dict[str, np.ndarray], *, dropout: float = 0.1) -> None:
        super().__init__()
        self.words = nn.Embedding(30_522, WIDTH)
        self.positions = nn.Embedding(512, WIDTH)
        self.segment = nn.Parameter(torch.zeros(WIDTH), requires_grad=False)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.layers = nn.ModuleList(Layer(dropout) for _ in range(LAYERS))
        self.dropout = nn.Dropout(dropout)
        self.head = nn.Linear(WIDTH, OUTPUTS)
        self.take(weights)

    def forward(self, tokens: Tensor, mask: Tensor) -> Tensor:
        """Scores of shape (texts, 4) for *tokens* and a *mask* of ones where a token is, both (texts, length)."""
        places = torch.arange(tokens.shape[1])
        hidden = self.norm(self.words(tokens) + self.positions(places) + self.segment)
        hidden = self.dropout(hidden)
        seen = mask[:, None, None, :].bool()
        for layer in self.layers:
            hidden = layer(hidden, seen)
        present = mask[:, :, None].to(hidden.dtype)
        mean = (hidden * present).sum(1) / present.sum(1)
        scores: Tensor = self.head(self.dropout(mean))
        return scores

    def named_weights(self) -> dict[str, np.ndarray]:
        """The weights under the names of MiniLM's own file, and `head.weight` and `head.bias`."""
        named = {name: parameter.detach().numpy() for name, parameter in self._named().items()}
        return named | {SEGMENT: named[SEGMENT][None]}

    def take(self, weights: dict[str, np.ndarray]) -> None:
        """Begins with *weights* under those names; the head keeps its own where they have none."""
        with torch.no_grad():
            for name, parameter in self._named().items():
                if name in weights:
                    given = torch.from_numpy(np.array(weights[name]))
                    parameter.copy_(given[0] if name == SEGMENT else given)

    def _named(self) -> dict[str, nn.Parameter]:
        named = {
            "embeddings.word_embeddings.weight": self.words.weight,
            "embeddings.position_embeddings.weight": self.positions.weight,
            SEGMENT: self.segment,
            **_of("embeddings.LayerNorm", self.norm),
            **_of("head", self.head),
        }
        for at, layer in enumerate(self.layers):
            for name, part in PARTS.items():
                named |= _of(f"encoder.layer.{at}.{name}", getattr(layer, part))
        return named


SEGMENT = "embeddings.token_type_embeddings.weight"
PARTS = {
    "attention.self.query": "query",
    "attention.self.key": "key",
    "attention.self.value": "value",
    "attention.output.dense": "output",
    "attention.output.LayerNorm": "first_norm",
    "intermediate.dense": "widen",
    "output.dense": "narrow",
    "output.LayerNorm": "second_norm",
}


def _of(name: str, module: nn.Module) -> dict[str, nn.Parameter]:
    return {f"{name}.weight": module.weight, f"{name}.bias": module.bias}
