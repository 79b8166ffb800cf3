"""scikit-learn's contract, kept without importing scikit-learn, which takes most of a second."""

from __future__ import annotations

import functools
import inspect
from typing import Any, Self

from ..errors import ParameterError
from ..validation import nearest_name

__all__ = ["Estimator"]


class Estimator:
    """Parameters that `__init__` stores under their own names, and nothing else until `fit`.

    `get_params`, `set_params`, `clone`, pipelines and `check_is_fitted` work as for scikit-learn's own;
    fitted state ends in an underscore.
    """

    @classmethod
    @functools.cache
    def _defaults(cls) -> dict[str, Any]:
        return {name: found.default for name, found in inspect.signature(cls).parameters.items()}

    def get_params(self, deep: bool = True) -> dict[str, Any]:
        """Return the parameters by name; no estimator lies within this one for `deep` to open."""
        return {name: getattr(self, name) for name in sorted(self._defaults())}

    def set_params(self, **params: Any) -> Self:
        """Change parameters by name; raise ParameterError for a name that is none."""
        allowed = self._defaults()
        for name in params:
            if name not in allowed:
                nearest = nearest_name(name, allowed)
                hint = f" Did you mean {nearest!r}?" if nearest else ""
                raise ParameterError(
                    f"Invalid parameter {name!r} for {type(self).__name__}; it has "
                    f"{', '.join(allowed)}.{hint}"
                )
        for name, value in params.items():
            setattr(self, name, value)
        return self

    def __repr__(self) -> str:
        changed = [
            f"{name}={value!r}"
            for name, default in self._defaults().items()
            if repr(value := getattr(self, name)) != repr(default)
        ]
        return f"{type(self).__name__}({', '.join(changed)})"

    def __sklearn_is_fitted__(self) -> bool:
        return any(name.endswith("_") and not name.startswith("_") for name in vars(self))

    def __sklearn_tags__(self) -> Any:
        """Describe the estimator to scikit-learn, which is loaded if it asks."""
        from sklearn.utils import Tags, TargetTags, TransformerTags

        return Tags(
            estimator_type="transformer",
            target_tags=TargetTags(required=False),
            transformer_tags=TransformerTags(preserves_dtype=["float32"]),
        )

    def _check_is_fitted(self, wanted: str) -> None:
        """Raise scikit-learn's NotFittedError, a ValueError, unless `fit` was called before `wanted`."""
        if not self.__sklearn_is_fitted__():
            from sklearn.exceptions import NotFittedError

            raise NotFittedError(
                f"this {type(self).__name__} is not fitted yet. Call fit(X) before {wanted}, "
                "or fit_transform(X), which does both."
            )
